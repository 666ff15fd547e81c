import Gym

/// Turns drawings into short texts that the pages' script turns back into pictures.
///
/// A cell is one character, which stands for an entry of the palette (text and role). What equals
/// another drawing is not repeated: a character from U+4E00 on says how many cells to copy.
/// A Sudoku takes 81 characters, a wrong answer near the right one about ten.
struct DrawingEncoder {
  /// The cells that occur, in the order of their characters.
  private(set) var palette: [Drawing.Cell] = []
  /// The shapes that occur: grid and lines.
  private(set) var shapes: [Shape] = []
  private var indices: [Drawing.Cell: Int] = [:]
  /// The indices of cells with one ASCII character, by role and character, −1 where unknown: all
  /// but a few cells, and ten times as fast as the dictionary.
  private var plain = Array(repeating: -1, count: 32 * 128)

  /// What a drawing is besides its cells.
  struct Shape: Sendable, Hashable {
    let grid: GridShape
    let heavyRows, heavyColumns: [Int]
    let isSpaced: Bool
  }

  /// A drawing as the script reads it: the index of its shape, and a character for each cell.
  struct Encoded: Hashable {
    let shape: Int
    /// The palette's index of each cell.
    let cells: [Int]
  }

  private static let copying = 0x4E00
  private static let longestCopy = 0x4FFF

  /// Looks up a drawing's cells.
  mutating func encode(_ drawing: Drawing) -> Encoded {
    let shape = Shape(
      grid: drawing.grid, heavyRows: drawing.heavyRows.sorted(),
      heavyColumns: drawing.heavyColumns.sorted(), isSpaced: drawing.isSpaced)
    let index = shapes.firstIndex(of: shape) ?? shapes.count
    if index == shapes.count { shapes.append(shape) }
    return Encoded(shape: index, cells: drawing.cells.map { self.index(of: $0) })
  }

  private mutating func index(of cell: Drawing.Cell) -> Int {
    guard cell.text.utf8.count == 1, let byte = cell.text.utf8.first, byte < 128 else {
      return slowIndex(of: cell)
    }
    let slot = cell.role.number * 128 + Int(byte)
    if plain[slot] < 0 { plain[slot] = slowIndex(of: cell) }
    return plain[slot]
  }

  private mutating func slowIndex(of cell: Drawing.Cell) -> Int {
    if let index = indices[cell] { return index }
    // A drawing with more kinds of cells than there are characters shows the first in their place.
    guard palette.count < Self.mostKinds else { return 0 }
    indices[cell] = palette.count
    palette.append(cell)
    return palette.count - 1
  }

  /// The drawing as a script's string, in what differs from another where that has its shape.
  func literal(_ drawing: Encoded, since other: Encoded?) -> String {
    let base = other?.shape == drawing.shape ? other?.cells ?? [] : []
    var text = "\""
    var index = 0
    while index < drawing.cells.count {
      var run = 0
      while index + run < drawing.cells.count, index + run < base.count, run < Self.longestCopy,
        drawing.cells[index + run] == base[index + run]
      { run += 1 }
      if run > 3 {
        text.unicodeScalars.append(Unicode.Scalar(UInt16(Self.copying + run)) ?? "?")
        index += run
      } else {
        text.unicodeScalars.append(Self.characters[drawing.cells[index]])
        index += 1
      }
    }
    return text + "\""
  }

  private static let mostKinds = characters.count

  /// The characters of the palette: none that a script's string would have to escape.
  private static let characters: [Unicode.Scalar] =
    (0x23...0x7E).map { Unicode.Scalar(UInt8($0)) }.filter { !"<>&'\\".unicodeScalars.contains($0) }
    + (0x100..<0x1000).compactMap { Unicode.Scalar(UInt16($0)) }

  /// Palette and shapes as members of a script's object.
  var legend: String {
    let cells = palette.map { "[\($0.text.scriptLiteral),\"\($0.role.className)\"]" }
    let shapes = shapes.map { shape in
      """
      [\(shape.grid.rows),\(shape.grid.columns),\(shape.heavyRows),\(shape.heavyColumns),\
      \(shape.isSpaced ? 1 : 0)]
      """
    }
    return """
      "palette":[\(cells.joined(separator: ","))],"shapes":[\(shapes.joined(separator: ","))]
      """
  }
}

extension Drawing.Role {
  /// The class of a cell in the pages' styles.
  fileprivate var className: String {
    switch self {
    case .given: "given"
    case .answer: "answer"
    case .wrong: "wrong"
    case .changed: "changed"
    case .blank: "blank"
    case .wall: "wall"
    case .path: "path"
    case .start: "start"
    case .goal: "goal"
    case .outside: "outside"
    case .colour(let colour): "c\(min(9, max(0, colour)))"
    }
  }

  /// A number below 32.
  fileprivate var number: Int {
    switch self {
    case .given: 0
    case .answer: 1
    case .wrong: 2
    case .changed: 3
    case .blank: 4
    case .wall: 5
    case .path: 6
    case .start: 7
    case .goal: 8
    case .outside: 9
    case .colour(let colour): 10 + min(9, max(0, colour))
    }
  }
}
