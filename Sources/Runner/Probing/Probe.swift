import Datasets
import Gym
import Randomness

/// Puzzles to watch an agent think about, and what to try on it.
public struct Probe: Sendable {
  /// The puzzles and the number of segments; its votes and early halts play no part.
  public let evaluation: Evaluation
  /// The number of perturbed starts of each puzzle.
  public let starts: Int
  /// The standard deviation of what is added to each number of a start.
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

  /// Questions of a batch: few, since the states of all of them are held side by side.
  private var batches: [Range<Int>] {
    let size = max(1, min(64, 20_000 / evaluation.split.cells))
    return stride(from: 0, to: evaluation.count, by: size).map {
      $0..<min($0 + size, evaluation.count)
    }
  }

  /// Watches an agent.
  ///
  /// - Parameter report: hears the share that is done, now and then; false stops.
  /// - Returns: nil where it was stopped.
  public func run(
    _ agent: any ProbedAgent, report: (Double) -> Bool = { _ in true }
  ) throws -> ProbeReport? {
    let examples = try (0..<evaluation.count).map(evaluation.split.example)
    let starts = agent.startsFromStates ? starts : 0
    let (blanks, reason) = blanks(of: examples)
    let passes = Double((blanks == nil ? 1 : 2) + starts) * Double(max(1, examples.count))
    var done = 0
    func goesOn(_ count: Int) -> Bool {
      done += count
      return report(Double(done) / passes)
    }

    var course = ProbeCourse(task: evaluation.task, boards: boards)
    var fixedPoints = starts > 0 ? FixedPoints(starts: starts, noise: noise) : nil
    var (solved, filled) = (Tally(), Tally())
    for range in batches {
      let questions = try evaluation.questions(range, for: [agent])
      course.begin(examples[range])
      let options = ProbeOptions(segments: evaluation.options.segments)
      try agent.probe(questions, options: options) { try course.add($0) }
      course.end()
      guard goesOn(range.count) else { return nil }
      if let blanks {
        try fill(blanks, range, of: agent, like: questions, &solved, &filled)
        guard goesOn(range.count) else { return nil }
      }
      var ends: [[UInt8]] = []
      for start in 0..<starts {
        ends.append(try end(of: questions, first: range.lowerBound, start: start, agent))
        guard goesOn(range.count) else { return nil }
      }
      let cells = questions.cells
      for (index, example) in examples[range].enumerated() {
        let answers = ends.map { Array($0[index * cells..<(index + 1) * cells]) }
        fixedPoints?.add(answers) { evaluation.task.verify($0, for: example).isSolved }
      }
    }
    if let failure = evaluation.task.failure { throw failure }
    return ProbeReport(
      puzzles: examples.count, steps: course.steps, states: course.states,
      oneBlank: reason.map { .notApplicable($0) } ?? .measured(solved: solved, filled: filled),
      fixedPoints: fixedPoints, boards: course.boards)
  }

  /// The questions with one blank, or why there are none.
  private func blanks(of examples: [Example]) -> (OneBlank.Questions?, String?) {
    do {
      return (try OneBlank.questions(of: examples, seed: seed), nil)
    } catch {
      return (nil, "\(error)")
    }
  }

  /// Lets an agent fill the blanks of a range of puzzles.
  private func fill(
    _ blanks: OneBlank.Questions, _ range: Range<Int>, of agent: any ProbedAgent,
    like questions: QuestionBatch, _ solved: inout Tally, _ filled: inout Tally
  ) throws {
    let asked = QuestionBatch(
      cells: questions.cells, questions: blanks.examples[range].flatMap(\.question),
      identifiers: questions.identifiers)
    let options = SolveOptions(segments: evaluation.options.segments)
    let predictions = try agent.solve(asked, options: options)
    for (index, prediction) in zip(range, predictions) {
      let (example, cell) = (blanks.examples[index], blanks.cells[index])
      let answer = prediction.answer ?? []
      solved.add(solved: evaluation.task.verify(answer, for: example).isSolved)
      filled.add(solved: cell < answer.count && answer[cell] == example.answer[cell])
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
