import Foundation
import Gym
import GymJSON

/// Predictions that are handed in, with their author, but never scores.
public struct Submission: Sendable {
  /// The predictions as JSON lines.
  public enum Source: Sendable {
    /// A file.
    case file(URL)
    /// The bytes of the lines, such as the body of a request.
    case bytes(Data)
  }

  /// The participant that made them.
  public let participant: Participant
  /// The predictions.
  public let source: Source
  /// The content hash of the dataset that was solved, if the submitter states it; it must be that
  /// of the benchmark.
  public let dataHash: String?

  /// A submission; nothing is read before a board accepts it.
  public init(_ participant: Participant, predictions source: Source, dataHash: String? = nil) {
    (self.participant, self.source, self.dataHash) = (participant, source, dataHash)
  }
}

/// Reads a whole submission.
package struct SubmissionReader {
  private let benchmark: Benchmark
  private let parser: PredictionParser
  private let cells: Int
  /// The maximum number of tokens in one submission, including thoughts.
  private static let maximumTokens = 1 << 29

  package init(benchmark: Benchmark, task: any Task) {
    self.benchmark = benchmark
    parser = PredictionParser(benchmark: benchmark, task: task)
    cells = task.grid.cells
  }

  /// The predictions by puzzle; nil for puzzles that the submission does not contain.
  ///
  /// - Parameter told: receives notes about unreadable answers, which count as missing.
  /// - Throws: a `GymError` with the line of the first one that is malformed, about another
  ///   benchmark's puzzle, or about a puzzle of an earlier line; or if most answers are unreadable.
  package func read(
    _ submission: Submission, told: (String) -> Void = { _ in }
  ) throws -> [Prediction?] {
    if let stated = submission.dataHash, stated != benchmark.dataHash {
      throw GymError(
        "the predictions are of a dataset with the hash \(JSON.string(String(stated.prefix(64))))",
        expected: "\(benchmark.dataHash), that of \(benchmark.name)",
        remedy: "Predict the puzzles of the benchmark's own dataset")
    }
    var predictions = [Prediction?](repeating: nil, count: benchmark.count)
    var tokens = 0
    var (answers, unreadable) = (0, 0)
    var first: (place: String, why: String)?
    try PredictionLines(submission.source).forEach { json, place in
      let (index, prediction) = try parser.parse(json)
      if json["answer"].map({ !$0.isNull }) ?? false {
        answers += 1
        if prediction.answer == nil {
          unreadable += 1
          first = first ?? (place, prediction.failure ?? "it cannot be read")
        }
      }
      guard predictions[index] == nil else {
        throw GymError(
          "the id \"\(benchmark.puzzleID(index))\" occurs a second time",
          expected: "one line for each puzzle")
      }
      tokens += (1 + prediction.thoughts.count) * cells
      guard tokens <= Self.maximumTokens else {
        throw GymError(
          "the submission is too long", expected: "at most \(Self.maximumTokens) tokens",
          remedy: "Leave the thoughts out")
      }
      predictions[index] = prediction
    }
    guard predictions.contains(where: { $0 != nil }) else {
      throw GymError("there is no prediction", expected: "a JSON line for each puzzle")
    }
    if let first {
      let share = "\(unreadable) of \(answers) answers cannot be read"
      guard 2 * unreadable <= answers else {
        throw GymError(
          "\(share), the first here: \(first.why)", at: first.place,
          remedy: "Write each answer as its cells, row after row, or leave the line out")
      }
      told("\(share) and count as none, the first at \(first.place): \(first.why)")
    }
    return predictions
  }
}
