import Foundation
import Gym
import GymJSON

/// The puzzles that a leaderboard ranks agents on: one split of one dataset of a task.
///
/// The board contains the puzzles themselves, so that it can judge every submission again; for a
/// sealed benchmark it contains only the questions.
public struct Benchmark: Sendable, Hashable, Identifiable {
  /// Where the right answers are stored, and who can see them.
  public enum Answers: String, Sendable, Hashable, CaseIterable {
    /// On the board, visible to everyone.
    case open
    /// On the board, which gives out only the questions.
    case heldBack = "held back"
    /// Nowhere: the owner of the secret seed regenerates them when a submission is judged.
    case sealed
  }

  /// The benchmark's own hash: of task, settings, split, data hash and count, in hexadecimal. Two
  /// boards with the same puzzles under the same rules have the same id.
  public let id: String
  /// The display name, unique on a board.
  public let name: String
  /// The task's identifier and version.
  public let task: PluginID
  /// The task's settings, an object.
  public let settings: JSON
  /// The split's name, which is the prefix of its puzzles' ids: `test/17`.
  public let split: String
  /// The split's content hash, SHA-256 in hexadecimal.
  public let dataHash: String
  /// The number of puzzles.
  public let count: Int
  /// Where the right answers are stored, and who can see them.
  public let answers: Answers
  /// The task's levels of rating, easiest first.
  public let levels: [DifficultyLevel]
  /// When it was made.
  public let created: Date
  /// Where the puzzles come from, such as the names of collections; empty if unknown.
  public let origin: String

  /// A benchmark.
  ///
  /// - Throws: a `GymError` if the name or split is not a plain name, the hash is invalid, or there
  ///   are not puzzles.
  public init(
    name: String, task: PluginID, settings: JSON, split: String, dataHash: String, count: Int,
    answers: Answers, levels: [DifficultyLevel], created: Date,
    origin: String = ""
  ) throws {
    try PlainText.checkName(name, what: "the benchmark's name")
    try PlainText.checkName(split, what: "the split")
    guard ContentID.isHash(dataHash) else {
      throw GymError(
        "the dataset's hash is \(JSON.string(String(dataHash.prefix(80))))",
        expected: "64 hexadecimal digits")
    }
    guard (1...Self.maximumPuzzles).contains(count) else {
      throw GymError("there are \(count) puzzles", expected: "1...\(Self.maximumPuzzles)")
    }
    guard settings.object != nil else {
      throw GymError("the task's settings are \(settings.kind)", expected: "an object")
    }
    (self.name, self.task, self.settings, self.split) = (name, task, settings, split)
    (self.dataHash, self.count, self.answers) = (dataHash, count, answers)
    (self.levels, self.created, self.origin) = (levels, created, origin)
    id = try ContentID.hash(
      of: [
        "task": .string(task.description), "settings": settings, "split": .string(split),
        "data": .string(dataHash), "count": JSON(count),
      ])
  }

  /// Whether the answers are withheld: only the questions are given out.
  public var isHeldBack: Bool { answers != .open }

  /// The maximum number of puzzles of a benchmark.
  public static let maximumPuzzles = 1_000_000

  /// The identifier of a puzzle in predictions: the split's name and the number, from 0.
  public func puzzleID(_ index: Int) -> String { "\(split)/\(index)" }

  /// The number of a puzzle; nil if the text is not one of this benchmark's identifiers.
  public func puzzleIndex(_ id: String) -> Int? {
    guard id.utf8.count <= split.utf8.count + 8, id.hasPrefix(split + "/"),
      let index = Int(id.dropFirst(split.count + 1)), (0..<count).contains(index),
      puzzleID(index) == id
    else { return nil }
    return index
  }
}

extension Benchmark {
  /// The levels as JSON: name, minimum rating, and maximum (null if unbounded).
  package var levelsJSON: JSON {
    .array(
      levels.map { level in
        [
          .string(level.name), .number(level.rating.lowerBound),
          level.rating.upperBound.isFinite ? .number(level.rating.upperBound) : .null,
        ]
      })
  }

  /// Reads what `levelsJSON` wrote.
  package static func levels(_ json: JSON) throws -> [DifficultyLevel] {
    try (json.array ?? []).map { level in
      let upper = level[2].map { $0.isNull ? Double.infinity : $0.number ?? .nan } ?? .nan
      guard let name = level[0]?.string, let lower = level[1]?.number, lower <= upper else {
        throw GymError(
          "a difficulty level is \(level.description.prefix(80))",
          expected: "[name, lowest rating, highest rating or null]")
      }
      return DifficultyLevel(name, rating: lower...upper)
    }
  }
}
