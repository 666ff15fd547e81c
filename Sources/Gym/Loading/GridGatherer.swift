import Foundation

/// Puts lines together as grids: rows of characters, maybe apart by blanks, in borders, under
/// titles, or in the sections of a file.
struct GridGatherer {
  /// A grid's cells, and the line of its first row.
  struct Grid {
    let cells: ArraySlice<UInt8>
    let line: Int
  }

  private struct Row {
    let cells: ArraySlice<UInt8>
    let line: Int
    /// It may be a border too: of strokes alone, and as long as a row.
    let isDoubtful: Bool
  }

  private let shape: GridShape
  private let path: String
  private let reader: TokenReader
  private var rows: [Row] = []
  /// Rows of blanks alone whose line ends were cut off.
  private var emptyRows = 0
  /// The line passed over before the first row, and why it is not a row.
  private var passedOver: GymError?
  /// Why the first line as long as a row is none: in a file without any grid, that was no title.
  private(set) var refusedRow: GymError?
  private var isInOtherSection = false

  init(_ task: some Task, _ reader: TokenReader, path: String) {
    (shape, self.reader, self.path) = (task.grid, reader, path)
  }

  /// Takes the next line; the grid that it ends, if it ends one.
  mutating func add(_ line: ArraySlice<UInt8>, number: Int) throws -> Grid? {
    if let section = TextLine.section(line) {
      defer { isInOtherSection = section != "puzzle" }
      return try finish()
    }
    if isInOtherSection { return nil }
    if line.isEmpty || (!reader.hasBlankCells && reader.withoutBlanks(line).isEmpty) {
      guard reader.hasBlankCells, !rows.isEmpty, !isComplete else { return try finish() }
      emptyRows += 1
      return nil
    }
    let row = reader.row(line)
    let isBorder =
      !reader.hasBlankCells && TextLine.isBorder(line) && !reader.isAllCells(line)
    if row.count == shape.columns, let cells = row.cells {
      return try add(Row(cells: cells, line: number, isDoubtful: isBorder))
    }
    if isBorder { return nil }
    return try passOver(line, Row(cells: line, line: number, isDoubtful: false), row.count)
  }

  /// The last grid, if there is one.
  mutating func finish() throws -> Grid? {
    defer { (rows, emptyRows, passedOver) = ([], 0, nil) }
    let chosen = chosenRows
    guard let first = chosen.first else { return nil }
    guard chosen.count == shape.rows else {
      throw passedOver
        ?? GymError(
          "the grid has \(chosen.count.counted("row"))", at: "\(path):\(first.line)",
          expected: "\(shape.rows), and an empty line after them")
    }
    return Grid(cells: ArraySlice(chosen.flatMap(\.cells)), line: first.line)
  }

  /// The rows, without what are borders: lines of strokes in a grid that has no strokes for blanks.
  private var chosenRows: [Row] {
    let certain = rows.filter { !$0.isDoubtful }
    let hasStrokes = rows.contains { row in
      row.isDoubtful && certain.contains { !Set($0.cells).isDisjoint(with: row.cells) }
    }
    return hasStrokes && certain.count != shape.rows ? rows : certain
  }

  private var isComplete: Bool { chosenRows.count == shape.rows }

  private mutating func add(_ row: Row) throws -> Grid? {
    if emptyRows > 0 {
      // A blank row is never the last: then a cut grid would be taken for a whole one.
      guard rows.count + emptyRows < shape.rows else { return try finish() }
      let blanks = ArraySlice([UInt8](repeating: UInt8(ascii: " "), count: shape.columns))
      for _ in 0..<emptyRows { rows.append(Row(cells: blanks, line: row.line, isDoubtful: false)) }
      emptyRows = 0
    }
    guard row.isDoubtful || !isComplete, rows.count < 2 * shape.rows + 8 else {
      throw GymError(
        "the grid has a row too many", at: "\(path):\(row.line)",
        expected: "an empty line after \(shape.rows)")
    }
    rows.append(row)
    return nil
  }

  /// Passes over a line that is not a row, such as a title, if none can be missing.
  private mutating func passOver(
    _ line: ArraySlice<UInt8>, _ row: Row, _ count: Int
  ) throws -> Grid? {
    let place = "\(path):\(row.line)"
    var fault: GymError?
    do { try reader.check(reader.hasBlankCells ? line : TextLine.withoutBorders(line)) } catch {
      fault = (error as? GymError)?.located(place)
    }
    // Cells alone, but not as many as a row has, are a damaged row and no title.
    guard let fault, rows.isEmpty || isComplete else {
      throw fault
        ?? GymError(
          "the row has \(count.counted("character"))", at: place, expected: "\(shape.columns)",
          remedy: count == shape.cells ? "With a puzzle on each line, pass --format lines." : nil)
    }
    let grid = rows.isEmpty ? nil : try finish()
    passedOver = passedOver ?? fault
    if count == shape.columns { refusedRow = refusedRow ?? fault }
    return grid
  }
}

/// A line of an XML file of puzzles, such as OpenSudoku's `<game data="..." />`.
enum MarkupLine {
  /// The questions in a line: what stands in quotes or between tags and has a question's cells.
  ///
  /// - Throws: a `GymError` without a location if something called `data` is not a question.
  static func questions(
    in line: ArraySlice<UInt8>, _ reader: TokenReader
  ) throws -> [ArraySlice<UInt8>] {
    var questions: [ArraySlice<UInt8>] = []
    var before: ArraySlice<UInt8> = []
    for text in line.split(whereSeparator: "\"'<>".utf8.contains) {
      let plain = reader.withoutBlanks(text)
      let isData = before.suffix(5).elementsEqual("data=".utf8)
      before = text
      if isData, plain.count != reader.cells {
        throw GymError(
          "the data of the puzzle, \(TextLine.quoted(text)), has \(plain.count.counted("character"))",
          expected: "\(reader.cells) cells")
      }
      if plain.count == reader.cells { questions.append(plain) }
    }
    return questions
  }
}
