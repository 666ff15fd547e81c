import Foundation
import GymJSON

/// A file or folder to read puzzles from.
public struct PuzzleSource: Sendable, Hashable {
  /// The path of the file or folder.
  public let url: URL
  /// Its name in messages.
  public let path: String
  /// The format; nil to guess it from the name and the beginning.
  public let format: SourceFormat?
  /// Which columns of a table hold what.
  public var columns = PuzzleColumns()
  /// Notes on what was read; several sources may share one.
  public var log = ReadingLog()
  /// Keeps the file if it is a copy.
  private let copy: PipeCopy?

  /// A source with a known format, or with one to guess.
  public init(_ url: URL, format: SourceFormat? = nil) {
    (self.url, path, self.format, copy) = (url, url.path, format, nil)
  }

  private init(_ copy: PipeCopy, of source: PuzzleSource) {
    (url, path, format, columns) = (copy.url, source.path, source.format, source.columns)
    log = source.log
    self.copy = copy
  }

  /// The source as one that can be read several times: itself, or, of a pipe such as standard
  /// input, a copy that goes when nobody holds it any more.
  ///
  /// - Throws: a `GymError` if the copy cannot be written.
  public func rereadable() throws -> PuzzleSource {
    copy == nil && PipeCopy.isPipe(url) ? PuzzleSource(try PipeCopy(of: url), of: self) : self
  }

  /// The file or folder as messages call it.
  public var file: URL { URL(fileURLWithPath: path) }

  /// The last part of what messages call it, without what says that it is packed.
  var name: String {
    let name = file.lastPathComponent
    return name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Whether both are the same file, read in the same way.
  public static func == (a: PuzzleSource, b: PuzzleSource) -> Bool {
    a.url == b.url && a.format == b.format && a.columns == b.columns
  }

  /// Adds what equality compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(url)
    hasher.combine(format)
    hasher.combine(columns)
  }
}

extension PuzzleSource {
  /// The format that the source is read in: the one stated, or the one that its name and its
  /// first lines suggest.
  ///
  /// - Throws: a `GymError` if the task does not read that format, or none is recognized.
  public func format(for task: some Task) throws -> SourceFormat {
    let known = type(of: task).formats
    let format = try self.format ?? guess(for: task)
    guard known.contains(format) else {
      throw GymError(
        "this looks like \(format.rawValue), which \(type(of: task).id.name) does not read",
        at: path, expected: "one of \(known.map(\.rawValue).joined(separator: ", "))")
    }
    return format
  }

  /// Titles and remarks before the first puzzle are no more.
  private static let maximumLines = 200

  private func guess(for task: some Task) throws -> SourceFormat {
    let known = type(of: task).formats
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw GymError("there is no such file", at: path)
    }
    if isFolder.boolValue {
      guard known.contains(.arcJSON) else {
        throw GymError(
          "this is a folder", at: path, expected: "a file of \(type(of: task).id.name) puzzles",
          remedy: "Name the files in it one by one.")
      }
      return .arcJSON
    }
    let ending = URL(fileURLWithPath: name).pathExtension.lowercased()
    switch ending {
    case "jsonl", "ndjson": return .jsonLines
    case "json": return known.contains(.arcJSON) ? .arcJSON : .jsonLines
    default: break
    }
    let isTable = ["csv", "tsv"].contains(ending)
    let lines = try LineReader(self)
    let reader = TokenReader(task)
    var first: ArraySlice<UInt8>?
    while lines.line < Self.maximumLines, let line = try lines.next() {
      if line.isEmpty { continue }
      if first == nil {
        if let format = Self.json(line, known), !isTable { return format }
        if CSVReader.isHeader(line, of: columns) { return .csv }
      }
      first = first ?? line
      if task.isComment(line) { continue }
      if let format = Self.format(of: line, in: task.grid, reader),
        !isTable || Self.holdsPuzzle(line, reader)
      {
        return format
      }
      // A table has its puzzles from the first line on.
      if isTable { break }
    }
    if isTable { return .csv }
    throw unknown(first, task)
  }

  /// The format of a file whose first line begins a value of JSON; nil of any other.
  private static func json(_ line: ArraySlice<UInt8>, _ known: [SourceFormat]) -> SourceFormat? {
    guard let first = line.first, "[{".utf8.contains(first) else { return nil }
    guard known.contains(.arcJSON) else {
      // An array of objects is one; a section's title is none.
      let second = line.dropFirst().first { $0 > 0x20 }
      return first == 0x7B || second == 0x7B || second == nil ? .jsonLines : nil
    }
    // A value on one line may be one of JSON lines, which hold tasks too.
    let isWhole = first == 0x7B && (try? JSON(parsing: Data(line))) != nil
    return isWhole ? .jsonLines : .arcJSON
  }

  /// The format of a line that belongs to a puzzle; nil of one that may be a title.
  private static func format(
    of line: ArraySlice<UInt8>, in grid: GridShape, _ reader: TokenReader
  ) -> SourceFormat? {
    if line.first == UInt8(ascii: "<"), !reader.reads("<") { return .lines }
    if TextLine.section(line) != nil { return .textGrid }
    let count = String(decoding: line, as: UTF8.self).count
    if count == grid.cells { return .lines }
    if ListedPuzzle.hasQuestion(line, reader) { return .lines }
    if let listed = try? ListedPuzzle(line, reader), listed.question.count == grid.cells {
      return .lines
    }
    return count == grid.columns || reader.isRow(line) ? .textGrid : nil
  }

  /// Whether a question can be read from a line; not so from a header, whose names may happen to be
  /// as long as a question.
  private static func holdsPuzzle(_ line: ArraySlice<UInt8>, _ reader: TokenReader) -> Bool {
    guard let listed = try? ListedPuzzle(line, reader) else { return false }
    return (try? reader.question(listed.question)) != nil
  }

  private func unknown(_ line: ArraySlice<UInt8>?, _ task: some Task) -> GymError {
    guard let line else { return GymError("the file is empty", at: path) }
    let (id, grid, formats) = (type(of: task).id.name, task.grid, type(of: task).formats)
    var ways: [String] = []
    if formats.contains(.csv) { ways.append("a header with a column question") }
    if formats.contains(.lines) { ways.append("a line of \(grid.cells) cells") }
    if formats.contains(.textGrid) { ways.append("\(grid.rows) rows of \(grid.columns)") }
    if formats.contains(.jsonLines) { ways.append("an object with question on each line") }
    if formats.contains(.arcJSON) { ways.append("JSON files of tasks") }
    let sizes = type(of: task).settings.first { $0.name == "size" }.map { ": \($0.summary)" } ?? ""
    return GymError(
      "the format is not recognized: the file begins with \(TextLine.quoted(line))", at: path,
      expected: "puzzles of \(id) with \(grid.cells) cells: " + ways.joined(separator: ", or "),
      remedy: "For boards of another size, set it by --set\(sizes); a run has the size of its data."
    )
  }
}

/// A file format that puzzles are read from.
public enum SourceFormat: String, Sendable, Hashable, CaseIterable {
  /// The columns source, question, answer and rating, with a header line.
  case csv
  /// One question per line; "." or "0" is a blank if the task has blanks.
  case lines
  /// One JSON object per line, with question, answer, rating and source.
  case jsonLines = "jsonl"
  /// One grid of characters per puzzle, with empty lines between puzzles.
  case textGrid = "grid"
  /// ARC task files: a folder of them, a single one, or a challenges file with its solutions.
  case arcJSON = "arc-json"
}

/// Names for puzzles that have the same name but come from different folders: the name with as much
/// of the path before it as is needed to tell them apart, such as `easy/task1` and `hard/task1`.
public enum QualifiedName {
  /// The path by which a file's puzzles can be told apart: its folders, outermost first, and the
  /// file itself if its puzzles are not named after it.
  ///
  /// A challenges file is represented by the beginning of its name, such as `arc-agi_training`.
  public static func home(of file: URL, name: String) -> [String] {
    let file = file.standardizedFileURL
    let folders = file.deletingLastPathComponent().pathComponents.filter { $0 != "/" }
    var stem = file.deletingPathExtension().lastPathComponent
    for ending in ["_challenges", "-challenges"] where stem.hasSuffix(ending) {
      stem.removeLast(ending.count)
    }
    return stem == name ? folders : folders + [stem]
  }

  /// The names, in the order of the homes; nil if two homes are the same.
  public static func names(_ name: String, in homes: [[String]]) -> [String]? {
    let longest = homes.map(\.count).max() ?? 0
    guard longest > 0 else { return homes.count == 1 ? [name] : nil }
    for length in 1...longest {
      let parts = homes.map { Array($0.suffix(length)) }
      if Set(parts).count == homes.count {
        return parts.map { ($0 + [name]).joined(separator: "/") }
      }
    }
    return nil
  }
}
