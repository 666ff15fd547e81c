import Foundation
import Gym

/// One split of a dataset: its examples in order, mapped into memory.
///
/// Examples belong to puzzles, and puzzles to groups: a group is an original puzzle with its
/// augmentations; a puzzle has one example, or several if it has an identity (ARC). Opening a split
/// checks the arrays' sizes and structure; tokens are checked whenever they are read.
public struct DatasetSplit: Sendable {
  /// The name, such as `train` or `test`.
  public let name: String
  /// The folder with the arrays.
  public let url: URL
  /// The cells of a question and of an answer.
  public let cells: Int
  /// The number of tokens, padding included.
  public let vocabularyCount: Int
  /// The number of puzzle identifiers of the whole dataset; identifiers are below it.
  public let identifierCount: Int
  /// The examples of each puzzle.
  public let puzzles: DatasetIndex
  /// The puzzles of each group.
  public let groups: DatasetIndex

  /// The mean number of a puzzle's examples, as `dataset.json` states it.
  let statedMean: Double

  private let questions: TokenRows
  private let labels: TokenRows
  private let identifiers: IdentifierColumn
  private let ratings: NpyArray?
  private let sources: SourceColumn?
  private let demonstrations: DemonstrationColumn?

  /// Opens a split's folder.
  ///
  /// - Parameter sourceNames: the names that `all__sources.npy` refers to; nil to skip the file.
  /// - Throws: a `GymError` or `JSONError` that names the file.
  public init(_ url: URL, sourceNames: [String]? = nil) throws {
    let header = try SplitHeader(contentsOf: url.appendingPathComponent("dataset.json"))
    func file(_ name: String) -> URL {
      url.appendingPathComponent("\(header.set)__\(name).npy")
    }
    self.url = url
    name = url.lastPathComponent
    (cells, vocabularyCount) = (header.cells, header.vocabularyCount)
    (identifierCount, statedMean) = (header.identifierCount, header.meanPuzzleExamples)
    questions = try TokenRows(
      file("inputs"), cells: cells, vocabularyCount: vocabularyCount)
    labels = try TokenRows(
      file("labels"), cells: cells, vocabularyCount: vocabularyCount,
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
    guard groups.count == header.groupCount else {
      throw GymError(
        "there are \(groups.count) groups", at: file("group_indices").path,
        expected: "\(header.groupCount), as total_groups in dataset.json says")
    }
    identifiers = try IdentifierColumn(
      NpyArray(file("puzzle_identifiers")), count: puzzles.count, limit: identifierCount)
    ratings = try Self.optional(file("ratings"), count: questions.count) { $0 == .float32 }
    if let sourceNames {
      sources = try Self.optional(file("sources"), count: questions.count, where: \.isInteger)
        .map { try SourceColumn($0, names: sourceNames) }
    } else {
      sources = nil
    }
    demonstrations = try Self.optional(
      file("demonstrations"), count: puzzles.count, of: "puzzles", where: \.isInteger
    ).map { [puzzles] in try DemonstrationColumn($0, puzzles: puzzles) }
  }

  /// The number of examples.
  public var count: Int { questions.count }

  /// The identifier of an example's puzzle; 0 if puzzles have no identity of their own.
  public func identifier(ofExample index: Int) -> Int32 {
    identifiers[puzzles.owner(of: index)]
  }

  /// The identifier of a puzzle.
  public func identifier(ofPuzzle puzzle: Int) -> Int32 { identifiers[puzzle] }

  /// The number of a puzzle's examples, from its first, that are demonstrations, which belong to
  /// the question; nil if the folder does not say.
  ///
  /// - Precondition: the puzzle exists.
  public func demonstrationCount(ofPuzzle puzzle: Int) -> Int? { demonstrations?[puzzle] }

  /// An example's rating; nil if unknown.
  ///
  /// - Precondition: the example exists.
  public func rating(_ index: Int) -> Double? {
    guard let rating = ratings?.float(index), rating.isFinite else { return nil }
    return Double(rating)
  }

  /// The name of an example's source; empty if unknown.
  ///
  /// - Precondition: the example exists.
  public func source(_ index: Int) -> String { sources?[index] ?? "" }

  /// Copies an example's question and label, `cells` bytes each.
  ///
  /// - Precondition: the example exists and both targets are large enough.
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public func copyExample(
    _ index: Int, question: UnsafeMutableBufferPointer<UInt8>,
    label: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    try questions.copy(row: index, to: question)
    try labels.copy(row: index, to: label)
  }

  /// An example's question.
  public func question(_ index: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: cells) { buffer, count in
      try questions.copy(row: index, to: buffer)
      count = cells
    }
  }

  /// An example's label: the answer's tokens, padding for cells that are not asked.
  public func label(_ index: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: cells) { buffer, count in
      try labels.copy(row: index, to: buffer)
      count = cells
    }
  }

  /// An example with its rating and source.
  public func example(_ index: Int) throws -> Example {
    Example(
      question: try question(index), answer: try label(index), rating: rating(index),
      source: source(index))
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
