import Foundation
import Gym

/// The arrays of one set of a split; their files' names begin with the set's.
struct SplitSet: Sendable {
  let questions: TokenRows
  let labels: TokenRows
  /// The examples of each puzzle of the set.
  let puzzles: DatasetIndex
  /// The puzzles of each group of the set.
  let groups: DatasetIndex
  let identifiers: IdentifierColumn
  let ratings: NpyArray?
  let sources: SourceColumn?
  let demonstrations: DemonstrationColumn?

  /// Opens a set.
  ///
  /// - Throws: a `GymError` that names the file.
  init(_ name: String, in folder: URL, _ header: SplitHeader, sourceNames: [String]?) throws {
    func file(_ array: String) -> URL { folder.appendingPathComponent("\(name)__\(array).npy") }
    questions = try TokenRows(
      file("inputs"), cells: header.cells, vocabularyCount: header.vocabularyCount)
    labels = try TokenRows(
      file("labels"), cells: header.cells, vocabularyCount: header.vocabularyCount,
      ignored: header.ignoredLabel)
    guard labels.count == questions.count else {
      throw GymError(
        "there are \(labels.count) rows", at: file("labels").path,
        expected: "\(questions.count), as many as inputs")
    }
    puzzles = try DatasetIndex(
      NpyArray(file("puzzle_indices")), itemCount: questions.count, of: "examples")
    groups = try DatasetIndex(
      NpyArray(file("group_indices")), itemCount: puzzles.count, of: "puzzles")
    identifiers = try IdentifierColumn(
      NpyArray(file("puzzle_identifiers")), count: puzzles.count, limit: header.identifierCount)
    let count = questions.count
    ratings = try Self.optional(file("ratings"), count: count) { $0 == .float32 }
    sources = try sourceNames.flatMap { names in
      try Self.optional(file("sources"), count: count, where: \.isInteger)
        .map { try SourceColumn($0, names: names) }
    }
    demonstrations = try Self.optional(
      file("demonstrations"), count: puzzles.count, of: "puzzles", where: \.isInteger
    ).map { [puzzles] in try DemonstrationColumn($0, puzzles: puzzles) }
  }

  private static func optional(
    _ url: URL, count: Int, of items: String = "examples", where fits: (NpyElement) -> Bool
  ) throws -> NpyArray? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let array = try NpyArray(url)
    guard array.shape == [count], fits(array.element) else {
      throw GymError(
        "the array has shape \(array.shape) and elements \(array.element.rawValue)",
        at: url.path, expected: "one value for each of \(count) \(items)")
    }
    return array
  }
}
