import Foundation
import Gym
import GymJSON

/// The contents of a split's `dataset.json`, in the released layout.
struct SplitHeader: Sendable, Hashable {
  var cells: Int
  var vocabularyCount: Int
  var identifierCount: Int
  var groupCount: Int
  var meanPuzzleExamples: Double
  /// The label of cells that are not asked; nil if every cell is asked.
  var ignoredLabel: Int64? = 0
  /// The prefixes of the arrays' names, one for each set.
  var sets = ["all"]

  init(
    cells: Int, vocabularyCount: Int, identifierCount: Int, groupCount: Int,
    meanPuzzleExamples: Double
  ) {
    self.cells = cells
    self.vocabularyCount = vocabularyCount
    self.identifierCount = identifierCount
    self.groupCount = groupCount
    self.meanPuzzleExamples = meanPuzzleExamples
  }

  /// Reads a file.
  init(contentsOf url: URL) throws {
    let json = try JSON(contentsOf: url, limits: .init(depth: 8, bytes: 1 << 20))
    let path = url.path
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
      guard let value = json[name]?.integer, range.contains(value) else {
        throw GymError(
          "\(name) is \(json[name]?.description ?? "missing")", at: path,
          expected: "an integer in \(range.lowerBound)...\(range.upperBound)")
      }
      return value
    }
    _ = try integer("pad_id", in: 0...0)
    _ = try integer("blank_identifier_id", in: 0...0)
    cells = try integer("seq_len", in: 1...65_536)
    vocabularyCount = try integer("vocab_size", in: 2...255)
    identifierCount = try integer("num_puzzle_identifiers", in: 1...Int(Int32.max))
    groupCount = try integer("total_groups", in: 1...Int(Int32.max))
    switch json["ignore_label_id"] ?? .null {
    case .null: ignoredLabel = nil
    case .integer(let value): ignoredLabel = value
    case let other:
      throw GymError("ignore_label_id is \(other)", at: path, expected: "an integer or null")
    }
    guard let mean = json["mean_puzzle_examples"]?.number, mean > 0 else {
      throw GymError("mean_puzzle_examples is missing", at: path, expected: "a positive number")
    }
    meanPuzzleExamples = mean
    let sets = json["sets"]?.array?.compactMap(\.string) ?? []
    guard !sets.isEmpty, sets.count == json["sets"]?.array?.count, Set(sets).count == sets.count,
      sets.allSatisfy(Dataset.isPlainName)
    else {
      throw GymError(
        "sets is \(json["sets"]?.description ?? "missing")", at: path,
        expected: "different names of letters, digits, - and _, such as [\"all\"]")
    }
    self.sets = sets
  }

  /// The file's content.
  var json: JSON {
    [
      "pad_id": 0, "ignore_label_id": ignoredLabel.map { .integer($0) } ?? .null,
      "blank_identifier_id": 0, "vocab_size": JSON(vocabularyCount),
      "seq_len": JSON(cells),
      "num_puzzle_identifiers": JSON(identifierCount),
      "total_groups": JSON(groupCount),
      "mean_puzzle_examples": .number(meanPuzzleExamples), "sets": .array(sets.map { .string($0) }),
    ]
  }
}
