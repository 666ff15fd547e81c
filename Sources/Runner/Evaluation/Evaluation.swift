import Datasets
import Gym
import JSON

/// Puzzles to solve, and how: the same for every agent.
public struct Evaluation: Sendable {
  public let task: any Task
  public let split: DatasetSplit
  /// How much the agent may think.
  public let options: SolveOptions
  /// The number of questions that the agent gets at a time.
  public let batchSize: Int
  /// The number of puzzles: the split's first ones.
  public let count: Int

  /// An evaluation on a split's first `limit` puzzles, or all of them.
  ///
  /// - Precondition: `batchSize` and `limit` are positive.
  /// - Throws: a `GymError` where the split is not of the task's shape.
  public init(
    task: any Task, split: DatasetSplit, options: SolveOptions = SolveOptions(),
    batchSize: Int, limit: Int? = nil
  ) throws {
    precondition(batchSize > 0 && limit ?? 1 > 0)
    guard task.grid.cells == split.cells, task.vocabulary.count == split.vocabularyCount else {
      throw GymError(
        "the split has \(split.cells) cells and \(split.vocabularyCount) tokens",
        at: split.url.path,
        expected: "\(task.grid.cells) cells and \(task.vocabulary.count) tokens, "
          + "as \(type(of: task).id) has")
    }
    self.task = task
    self.split = split
    self.options = options
    self.batchSize = batchSize
    count = min(limit ?? split.count, split.count)
  }

  /// Lets an agent solve the puzzles and judges its answers by the task's rules.
  ///
  /// - Parameters:
  ///   - writer: gets a line for every puzzle: id, answer as text, confidence, segments.
  ///   - report: hears how many puzzles are done, after each batch; false stops.
  /// - Returns: the score of the puzzles that were done.
  public func run(
    _ agent: any Agent, keepingPredictions writer: JSONLinesWriter? = nil,
    report: (Int) -> Bool = { _ in true }
  ) throws -> Score {
    var score = Score(levels: task.levels)
    for start in stride(from: 0, to: count, by: batchSize) {
      let indices = start..<min(start + batchSize, count)
      let questions = try split.batch(indices).questions
      let predictions = try agent.solve(questions, options: options)
      guard predictions.count == indices.count else {
        throw GymError(
          "the agent gave \(predictions.count) predictions", expected: "\(indices.count)")
      }
      for (index, prediction) in zip(indices, predictions) {
        let example = try split.example(index)
        let verdict =
          prediction.answer.map { task.verify($0, for: example) }
          ?? .failed(prediction.failure ?? "no answer")
        score.add(prediction, to: example, verdict: verdict)
        try writer?.write(line(for: prediction, index: index))
      }
      if !report(indices.upperBound) { break }
    }
    try writer?.flush()
    return score
  }

  private func line(for prediction: Prediction, index: Int) -> JSON {
    let confidence = prediction.confidence.flatMap { $0.isFinite ? JSON.number($0) : nil }
    return [
      "id": .string("\(split.name)/\(index)"),
      "answer": prediction.answer.map { .string(task.vocabulary.text($0)) } ?? .null,
      "confidence": confidence ?? .null,
      "segments": .integer(Int64(prediction.segments)),
      "failure": prediction.failure.map { .string($0) } ?? .null,
    ]
  }
}
