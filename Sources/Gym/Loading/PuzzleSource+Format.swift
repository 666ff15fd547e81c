import Foundation
import JSON

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
    if isFolder.boolValue { return .arcJSON }
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
      "the format is not recognised: the file begins with \(TextLine.quoted(line))", at: path,
      expected: "puzzles of \(id) with \(grid.cells) cells: " + ways.joined(separator: ", or "),
      remedy: "For boards of another size, set it by --set\(sizes).")
  }
}
