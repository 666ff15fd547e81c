import Gym
import JSON

/// Reads a submission whole.
package struct SubmissionReader {
  private let benchmark: Benchmark
  private let parser: PredictionParser
  private let cells: Int
  /// The most tokens that one submission may hold, thoughts included.
  private static let mostTokens = 1 << 29

  package init(benchmark: Benchmark, task: any Task) {
    self.benchmark = benchmark
    parser = PredictionParser(benchmark: benchmark, task: task)
    cells = task.grid.cells
  }

  /// The predictions by puzzle; nil where the submission says nothing of a puzzle.
  ///
  /// - Throws: a `GymError` with the line of the first one that is malformed, about another
  ///   benchmark's puzzle, or about a puzzle that a line before it told of.
  package func read(_ submission: Submission) throws -> [Prediction?] {
    if let stated = submission.dataHash, stated != benchmark.dataHash {
      throw GymError(
        "the predictions are of a dataset with the hash \(JSON.string(String(stated.prefix(64))))",
        expected: "\(benchmark.dataHash), that of \(benchmark.name)",
        remedy: "Predict the puzzles of the benchmark's own dataset")
    }
    var predictions = [Prediction?](repeating: nil, count: benchmark.count)
    var tokens = 0
    try PredictionLines(submission.source).forEach { json in
      let (index, prediction) = try parser.parse(json)
      guard predictions[index] == nil else {
        throw GymError(
          "the id \"\(benchmark.puzzleID(index))\" stands a second time",
          expected: "one line for each puzzle")
      }
      tokens += (1 + prediction.thoughts.count) * cells
      guard tokens <= Self.mostTokens else {
        throw GymError(
          "the submission is too long", expected: "at most \(Self.mostTokens) tokens",
          remedy: "Leave the thoughts out")
      }
      predictions[index] = prediction
    }
    guard predictions.contains(where: { $0 != nil }) else {
      throw GymError("there is no prediction", expected: "a JSON line for each puzzle")
    }
    return predictions
  }
}
