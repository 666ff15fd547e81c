import Gym
import GymDatasets
import GymEvaluation
import GymJSON
import GymRandomness

/// Puzzles on which to probe an agent, and the experiments to perform.
public struct Probe: Sendable {
  /// The puzzles and the number of segments; its voting and early halting are ignored.
  public let evaluation: Evaluation
  /// The number of perturbed starts per puzzle.
  public let starts: Int
  /// The standard deviation of the noise on each number of a start.
  public let noise: Double
  /// The seed of noise and blanks.
  public let seed: UInt64
  /// The number of puzzles whose thoughts are kept.
  public let boards: Int

  /// - Precondition: the counts and the noise are not negative.
  public init(
    _ evaluation: Evaluation, starts: Int = 8, noise: Double = 1, seed: UInt64 = 1, boards: Int = 4
  ) {
    precondition(starts >= 0 && boards >= 0 && noise >= 0 && noise.isFinite)
    self.evaluation = evaluation
    (self.starts, self.noise, self.seed, self.boards) = (starts, noise, seed, boards)
  }

  /// The maximum number of puzzles whose states are followed over time.
  private static let maximumFollowed = 8

  /// The batches, which are small, since the states of all their questions are in memory.
  private var batches: [Range<Int>] {
    let size = max(1, min(64, 20_000 / evaluation.split.cells))
    return stride(from: 0, to: evaluation.count, by: size).map {
      $0..<min($0 + size, evaluation.count)
    }
  }

  /// Probes an agent.
  ///
  /// - Parameters:
  ///   - journal: returns earlier observations, and keeps new ones, batch by batch.
  ///   - ranks: the processes that share the batches; all get the report.
  ///   - stop: says when to stop, even in the middle of a batch.
  ///   - report: receives the finished share and the number of finished puzzles now and then;
  ///     returns false to stop.
  /// - Returns: nil if it was stopped.
  public func run(
    _ agent: any ProbedAgent, journal: Journal? = nil, ranks: Ranks = .alone,
    stop: StopRequest? = nil,
    report: (_ share: Double, _ puzzles: Int) -> Bool = { _, _ in true }
  ) throws -> ProbeReport? {
    let examples = try evaluation.examples(0..<evaluation.count).map(evaluation.split.example)
    let starts = agent.startsFromStates ? starts : 0
    let (blanks, reason) = blanks(of: examples)
    let passes = 2 + starts + (blanks == nil ? 0 : 1)
    var recorder = ProbeRecorder(task: evaluation.task, boards: boards)
    var fixedPoints = starts > 0 ? FixedPoints(starts: starts, noise: noise) : nil
    var (solved, filled) = (Proportion(), Proportion())
    var group: [(seen: ProbeBatch, isNew: Bool)?] = []
    for (number, range) in batches.enumerated() {
      var done = 0
      func goesOn() -> Bool {
        done += 1
        let puzzles = Double(range.lowerBound) + Double(range.count * done) / Double(passes)
        return report(
          puzzles / Double(examples.count), done == passes ? range.upperBound : range.lowerBound)
      }
      let place = number % ranks.count
      if place == 0 {
        group = try observations(
          of: Array(batches.dropFirst(number).prefix(ranks.count)), ranks,
          earlier: { try earlier(journal, $0.count, starts: starts, asksBlanks: blanks != nil) },
          watch: { try watch($0, blanks, starts: starts, agent, stop, goesOn) })
      }
      guard let batch = group[place] else { return nil }
      if batch.isNew { journal?.write(batch.seen.json) }
      try recorder.add(batch.seen, of: examples[range])
      if let blanks { try count(batch.seen.filled, blanks, range, &solved, &filled) }
      let cells = evaluation.split.cells
      for (index, example) in examples[range].enumerated() {
        let answers = batch.seen.ends.map { Array($0[index * cells..<(index + 1) * cells]) }
        try fixedPoints?.add(answers) { try evaluation.task.verify($0, for: example).isSolved }
      }
      done = passes - 1
      guard goesOn() || range.upperBound == examples.count else { return nil }
    }
    return ProbeReport(
      puzzles: examples.count, steps: recorder.steps, states: recorder.states,
      oneBlank: reason.map { .notApplicable($0) } ?? .measured(solved: solved, filled: filled),
      fixedPoints: fixedPoints, boards: recorder.boards, paths: recorder.paths,
      changes: recorder.changes, halts: recorder.halts)
  }

  /// The observations of a batch for each rank, which it makes unless there are earlier ones; nil
  /// for a batch at which a rank was stopped.
  private func observations(
    of batches: [Range<Int>], _ ranks: Ranks,
    earlier: (Range<Int>) throws -> (seen: ProbeBatch, isNew: Bool)?,
    watch: (Range<Int>) throws -> (seen: ProbeBatch, isNew: Bool)?
  ) throws -> [(seen: ProbeBatch, isNew: Bool)?] {
    guard ranks.areSeveral else {
      return try batches.map { try earlier($0) ?? watch($0) }
    }
    var known: [JSON] = []
    while known.count < batches.count, let batch = try earlier(batches[known.count]) {
      known.append(batch.seen.json)
    }
    known = try JSON(parsing: ranks.shared(bytes: JSON.array(known).bytes())).array ?? []
    let isOwn = (known.count..<max(known.count, batches.count)).contains(ranks.rank)
    let own = isOwn ? try watch(batches[ranks.rank])?.seen.json : nil
    let new = try ranks.gathered(bytes: (own ?? .null).bytes()).map { try JSON(parsing: $0) }
    return try batches.indices.map { index in
      let line = index < known.count ? known[index] : new[index]
      guard !line.isNull else { return nil }
      return (try ProbeBatch(line, at: "another rank"), index >= known.count)
    }
  }

  /// An earlier process's observations of the next batch; nil if there are none.
  private func earlier(
    _ journal: Journal?, _ puzzles: Int, starts: Int, asksBlanks: Bool
  ) throws -> (seen: ProbeBatch, isNew: Bool)? {
    guard let journal, let line = try journal.next() else { return nil }
    let batch = try ProbeBatch(line, at: journal.url.path)
    guard
      batch.hasShape(
        puzzles: puzzles, cells: evaluation.split.cells, starts: starts, asksBlanks: asksBlanks)
    else {
      throw GymError(
        "the kept measurements do not fit these puzzles", at: journal.url.path,
        remedy: "Begin anew without --resume")
    }
    return (batch, false)
  }

  /// Observes an agent on some puzzles in every way; nil if it was stopped.
  private func watch(
    _ range: Range<Int>, _ blanks: OneBlank.Questions?, starts: Int, _ agent: any ProbedAgent,
    _ stop: StopRequest?, _ goesOn: () -> Bool
  ) throws -> (seen: ProbeBatch, isNew: Bool)? {
    let questions = try evaluation.questions(evaluation.examples(range), for: [agent])
    var watch = ProbeWatch(
      puzzles: range.count, cells: evaluation.split.cells,
      followed: range.lowerBound == 0 ? min(Self.maximumFollowed, boards) : 0)
    do {
      let options = ProbeOptions(segments: evaluation.options.segments)
      try agent.probe(questions, options: options) { step in
        if let stop, stop.isRequested { throw CancellationError() }
        try watch.add(step)
      }
      watch.end()
      var batch = watch.batch
      if let blanks {
        guard goesOn() else { return nil }
        batch.filled = try answers(to: blanks, range, of: agent, like: questions, stop)
      }
      guard goesOn() else { return nil }
      let halting = SolveOptions(segments: evaluation.options.segments, halts: true, stop: stop)
      batch.halts = try agent.predictions(on: questions, options: halting).map(\.segments)
      for start in 0..<starts {
        guard goesOn() else { return nil }
        batch.ends.append(try end(of: questions, first: range.lowerBound, start: start, agent))
      }
      return (batch, true)
    } catch is CancellationError {
      return nil
    } catch is StoppedSolving {
      return nil
    }
  }

  /// The questions with one blank, or why there are none.
  private func blanks(of examples: [Example]) -> (OneBlank.Questions?, String?) {
    do {
      return (try OneBlank.questions(of: examples, seed: seed), nil)
    } catch {
      return (nil, "\(error)")
    }
  }

  /// An agent's answers to the questions with blanks for a range of puzzles; empty if it gave none.
  private func answers(
    to blanks: OneBlank.Questions, _ range: Range<Int>, of agent: any ProbedAgent,
    like questions: QuestionBatch, _ stop: StopRequest?
  ) throws -> [[UInt8]] {
    let asked = QuestionBatch(
      cells: questions.cells, questions: blanks.examples[range].flatMap(\.question),
      identifiers: questions.identifiers, demonstrations: questions.demonstrations)
    let options = SolveOptions(segments: evaluation.options.segments, stop: stop)
    return try agent.predictions(on: asked, options: options).map { $0.answer ?? [] }
  }

  /// Counts the correctly filled blanks of a range of puzzles.
  private func count(
    _ answers: [[UInt8]], _ blanks: OneBlank.Questions, _ range: Range<Int>,
    _ solved: inout Proportion,
    _ filled: inout Proportion
  ) throws {
    for (index, answer) in zip(range, answers) {
      let (example, cell) = (blanks.examples[index], blanks.cells[index])
      solved.add(try evaluation.task.verify(answer, for: example).isSolved)
      filled.add(cell < answer.count && answer[cell] == example.answer[cell])
    }
  }

  /// The final answers, [count, cells], from one of the perturbed starts.
  private func end(
    of questions: QuestionBatch, first: Int, start: Int, _ agent: any ProbedAgent
  ) throws -> [UInt8] {
    let key = RandomKey(seed: seed, "starts").deriving(UInt64(start)).deriving(UInt64(first))
    let options = ProbeOptions(
      segments: evaluation.options.segments,
      noise: ProbeOptions.Noise(scale: noise, seed: key.bits), isLastOnly: true)
    var answers: [UInt8] = []
    try agent.probe(questions, options: options) { answers = $0.answers ?? [] }
    guard answers.count == questions.questions.count else {
      throw GymError(
        "the agent reports answers of \(answers.count) cells",
        expected: "\(questions.questions.count)")
    }
    return answers
  }
}
