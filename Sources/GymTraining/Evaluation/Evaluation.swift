import Gym
import GymDatasets
import GymEvaluation
import GymJSON
import GymRandomness

/// Puzzles to solve, and how, the same for every agent.
public struct Evaluation: Sendable {
  /// The task whose rules judge the answers.
  public let task: any Task
  /// The split with the puzzles.
  public let split: DatasetSplit
  /// How long the agent may think.
  public let options: SolveOptions
  /// How several answers to a puzzle are combined.
  public private(set) var voting: VotingOptions
  /// The number of questions that the agent gets at a time.
  public let batchSize: Int
  /// The number of puzzles, which are the first ones of the split, or a sample of it.
  public let count: Int
  /// The seed of the sample; nil for the first puzzles.
  public let sampleSeed: UInt64?
  /// The examples of the sample, in ascending order; nil for the first ones.
  private let sample: [Int]?
  /// The name of each puzzle identifier, for tasks that score a split as a whole.
  public let puzzleNames: [String]
  /// The solved examples that explain the puzzles, for agents that read them.
  public let demonstrations: PuzzleDemonstrations?

  /// An evaluation on a split's first `limit` puzzles, or `limit` chosen by a seed, or all of them.
  ///
  /// A sample has easy and hard puzzles in the split's own proportions. Of a task that scores
  /// splits as a whole it is one of groups: `limit` tasks of ARC, with their variants.
  ///
  /// - Parameter batchSize: nil for a size that lets agents which halt early refill freed slots.
  /// - Precondition: `batchSize` and `limit` are positive.
  /// - Throws: a `GymError` if the split does not have the task's shape, or the voting is not
  ///   possible with its puzzles.
  public init(
    task: any Task, split: DatasetSplit, options: SolveOptions = SolveOptions(),
    voting: VotingOptions = VotingOptions(), batchSize: Int? = nil, limit: Int? = nil,
    sampleSeed: UInt64? = nil, puzzleNames: [String] = [],
    demonstrations: PuzzleDemonstrations? = nil
  ) throws {
    precondition(batchSize ?? 1 > 0 && limit ?? 1 > 0)
    try task.checkFits(
      "the split", cells: split.cells, tokens: split.vocabularyCount, at: split.url.path)
    try voting.checkIsPossible(with: task, on: split)
    self.task = task
    self.split = split
    self.options = options
    self.voting = voting
    self.puzzleNames = puzzleNames
    self.demonstrations = demonstrations
    self.batchSize = batchSize ?? Self.usualBatch(cells: split.cells)
    let sample = limit.flatMap { limit in
      sampleSeed.map {
        PuzzleSample.examples(
          of: split, count: limit, seed: $0, isWhole: task is any SplitScoring)
      }
    }
    (self.sample, self.sampleSeed) = (sample, sample == nil ? nil : sampleSeed)
    count = sample?.count ?? min(limit ?? split.count, split.count)
  }

  /// The same puzzles with another way to combine answers.
  ///
  /// - Throws: a `GymError` if that is not possible with them.
  func with(voting: VotingOptions) throws -> Evaluation {
    try voting.checkIsPossible(with: task, on: split)
    var evaluation = self
    evaluation.voting = voting
    return evaluation
  }

  /// The examples in places of the evaluation's order.
  func examples(_ places: Range<Int>) -> [Int] {
    sample.map { Array($0[places]) } ?? Array(places)
  }

  /// Many questions if they are small; fewer if they are large, so that progress is visible.
  private static func usualBatch(cells: Int) -> Int { max(128, min(512, 40_000 / cells)) }

  /// Lets an agent solve the puzzles and judges its answers by the task's rules.
  ///
  /// - Parameters:
  ///   - writer: receives a line for every puzzle: id, answer as text, confidence, segments,
  ///     failure, and the thoughts if they are kept.
  ///   - stop: says when to stop, even in the middle of a batch.
  ///   - report: receives the number of finished puzzles now and then; returns false to stop.
  /// - Returns: the score of the finished puzzles.
  public func run(
    _ agent: any Agent, keepingPredictions writer: JSONLinesWriter? = nil,
    stop: StopRequest? = nil, report: (Int) -> Bool = { _ in true }
  ) throws -> Score {
    let score = try run([agent], stop: stop, keep: { try writer?.write($0) }, report: report)
    try writer?.flush()
    return score
  }

  /// Lets several agents vote on every puzzle, and judges the winning answers.
  ///
  /// - Parameters:
  ///   - journal: returns earlier answers, and keeps new ones.
  ///   - stop: says when to stop, even in the middle of a batch.
  ///   - keep: receives a line for every puzzle, in order.
  ///   - report: receives the number of finished puzzles now and then; returns false to stop.
  /// - Returns: the score of the finished puzzles.
  /// - Precondition: there is an agent.
  public func run(
    _ agents: [any Agent], journal: AnswerJournal? = nil, stop: StopRequest? = nil,
    keep: (JSON) throws -> Void = { _ in }, report: (Int) -> Bool = { _ in true }
  ) throws -> Score {
    try options.checkChains(with: agents)
    try voting.checkIdentities(of: agents, on: split)
    let ensemble = try Ensemble(agents, of: task, voting: voting)
    var options = options
    options.stop = stop
    let clock = ContinuousClock()
    var score = Score(levels: task.levels)
    var scorer = (task as? any SplitScoring)?.splitScorer()
    for start in stride(from: 0, to: count, by: batchSize) {
      let indices = examples(start..<min(start + batchSize, count))
      let questions = try questions(indices, for: agents)
      let begun = clock.now
      let votes = try ensemble.votes(
        on: questions, indices, options: options, journal: journal,
        goesOn: { report(start) })
      let predictions = try ensemble.winners(votes)
      score.add(seconds: (clock.now - begun) / .seconds(1) + votes.extraSeconds)
      for (place, (index, prediction)) in zip(votes.indices, predictions).enumerated() {
        let example = try split.example(index)
        try judge(prediction, of: example, in: &score)
        // A task may take more than the winner: ARC counts the two answers with most votes.
        if scorer != nil {
          for vote in ensemble.ballots(votes, on: place) {
            if let answer = splitAnswer(vote, to: example, at: index) { scorer?.add(answer) }
          }
        }
        try keep(line(for: prediction, index: index))
      }
      if !report(score.asked) || !votes.isWhole { break }
    }
    score.whole = try scorer?.report()
    return score
  }

  /// The report of a task that scores the split as a whole if nothing is answered: its notes are
  /// true before any work is done. Nil if the task does not score splits.
  public func unanswered() throws -> SplitReport? {
    guard var scorer = (task as? any SplitScoring)?.splitScorer() else { return nil }
    for index in examples(0..<count) {
      let nothing = Prediction(answer: nil)
      if let answer = splitAnswer(nothing, to: try split.example(index), at: index) {
        scorer.add(answer)
      }
    }
    return try scorer.report()
  }

  /// The questions of examples, with their demonstrations if an agent reads them.
  func questions(_ indices: some Collection<Int>, for agents: [any Agent]) throws -> QuestionBatch {
    let questions = try split.batch(indices).questions
    let isExplained = demonstrations?.isEmpty == false
    if !isExplained,
      let learner = agents.lazy.compactMap({ $0 as? any LearningAgent })
        .first(where: \.learnsFromDemonstrations)
    {
      throw GymError(
        "\(type(of: learner).id) reads demonstrations, and no puzzle has any", at: split.url.path,
        expected: "puzzles with solved examples, such as ARC's tasks")
    }
    guard let demonstrations, agents.contains(where: \.readsDemonstrations) else {
      return questions
    }
    return QuestionBatch(
      cells: questions.cells, questions: questions.questions, identifiers: questions.identifiers,
      demonstrations: try indices.map(demonstrations.demonstrations(for:)))
  }

  /// Judges a prediction and adds it to the score.
  func judge(_ prediction: Prediction, of example: Example, in score: inout Score) throws {
    score.add(
      try Judge(task).judgment(of: prediction, to: example), of: prediction, to: example)
  }

  /// An answer for a task that scores a split as a whole; nil if the example is a demonstration.
  private func splitAnswer(
    _ prediction: Prediction, to example: Example, at index: Int
  ) -> SplitAnswer? {
    guard let place = split.questionPlace(of: index) else { return nil }
    let identifier = Int(split.identifier(ofPuzzle: place.puzzle))
    let isNamed = identifier > 0 && identifier < puzzleNames.count
    return SplitAnswer(
      to: example, puzzle: isNamed ? puzzleNames[identifier] : nil,
      group: split.groups.owner(of: place.puzzle), position: place.position,
      answer: prediction.answer, confidence: prediction.confidence)
  }

  private func line(for prediction: Prediction, index: Int) -> JSON {
    let confidence = prediction.confidence.flatMap { $0.isFinite ? JSON.number($0) : nil }
    var line: JSONObject = [
      "id": .string("\(split.name)/\(index)"),
      "answer": prediction.answer.map { .string(task.vocabulary.text($0)) } ?? .null,
      "confidence": confidence ?? .null,
      "segments": JSON(prediction.segments),
      "failure": prediction.failure.map { .string($0) } ?? .null,
    ]
    if options.keepsThoughts {
      line["thoughts"] = .array(prediction.thoughts.map { .string(task.vocabulary.text($0)) })
    }
    return .object(line)
  }
}

extension Evaluation {
  /// The parameters of the evaluation, so that it can be repeated.
  public var json: JSON {
    [
      "split": .string(split.name), "puzzles": JSON(count),
      "sample-seed": sampleSeed.map { .string("\($0)") } ?? .null,
      "segments": options.segments.map { JSON($0) } ?? .null,
      "halts": .bool(options.halts),
      "minimum-segments": JSON(options.minimumSegments),
      "chains": JSON(options.chains), "noise": .number(options.noise),
      "votes": voting.json, "batch": JSON(batchSize),
    ]
  }
}

/// A choice of a split's puzzles that depends on the seed and the number alone, and has easy and
/// hard ones in the split's own proportions.
///
/// The puzzles are ordered by rating, those without one last, and cut into as many parts of equal
/// size as puzzles are wanted; chance takes one of each.
enum PuzzleSample {
  /// The chosen examples, in ascending order.
  ///
  /// - Parameter isWhole: whether groups are chosen, and all their examples taken: a task whose
  ///   variants vote is scored as a whole.
  static func examples(
    of split: DatasetSplit, count: Int, seed: UInt64, isWhole: Bool
  ) -> [Int] {
    let units =
      isWhole
      ? (0..<split.groups.count).map { group in
        split.groups[group].flatMap { Array(split.puzzles[$0]) }
      } : (0..<split.count).map { [$0] }
    guard count < units.count else { return Array(0..<split.count) }
    let ratings = units.map { split.rating($0[0]) ?? .infinity }
    let ordered = units.indices.sorted { (ratings[$0], $0) < (ratings[$1], $1) }
    let key = RandomKey(seed: seed, "sample")
    return (0..<count).flatMap { part -> [Int] in
      let bounds = part * units.count / count..<(part + 1) * units.count / count
      var random = RandomStream(key: key, stream: UInt64(part))
      return units[ordered[bounds.lowerBound + random.below(bounds.count)]]
    }.sorted()
  }
}
