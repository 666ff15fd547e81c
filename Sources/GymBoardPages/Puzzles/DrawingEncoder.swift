import Gym
import GymReports

/// Collects the shapes and cells of drawings, so that encoded drawings are short.
struct DrawingEncoder {
  /// The cells that occur, in the order of their characters.
  private(set) var palette: [Drawing.Cell] = []
  /// The shapes that occur: grid and lines.
  private(set) var shapes: [Shape] = []
  private var indices: [Drawing.Cell: UInt16] = [:]
  /// The indices of cells with one ASCII character, by role and character: this covers almost all
  /// cells, and is ten times as fast as the dictionary.
  private var plain = Array(repeating: DrawingEncoder.unknown, count: Drawing.Role.all.count * 128)

  /// The properties of a drawing other than its cells.
  struct Shape: Sendable, Hashable {
    let grid: GridShape
    let heavyRows, heavyColumns: Set<Int>
    let isSpaced: Bool

    init(_ drawing: Drawing) {
      (grid, isSpaced) = (drawing.grid, drawing.isSpaced)
      (heavyRows, heavyColumns) = (drawing.heavyRows, drawing.heavyColumns)
    }
  }

  private static let unknown = UInt16.max

  /// Encodes a drawing, and adds its shape and cells to the tables.
  mutating func encode(_ drawing: Drawing) -> EncodedDrawing {
    let shape = Shape(drawing)
    let index = shapes.firstIndex(of: shape) ?? shapes.count
    if index == shapes.count { shapes.append(shape) }
    var cells: [UInt16] = []
    cells.reserveCapacity(drawing.cells.count)
    for cell in drawing.cells { cells.append(self.index(of: cell)) }
    return EncodedDrawing(shape: index, cells: cells)
  }

  private mutating func index(of cell: Drawing.Cell) -> UInt16 {
    let text = cell.text.utf8
    guard let byte = text.first, byte < 128, text.count == 1 else { return slowIndex(of: cell) }
    let slot = cell.role.number * 128 + Int(byte)
    if plain[slot] == Self.unknown { plain[slot] = slowIndex(of: cell) }
    return plain[slot]
  }

  private mutating func slowIndex(of cell: Drawing.Cell) -> UInt16 {
    if let index = indices[cell] { return index }
    // If there are more kinds of cells than characters, the first kind is shown instead.
    guard palette.count < EncodedDrawing.maximumKinds else { return 0 }
    let index = UInt16(palette.count)
    indices[cell] = index
    palette.append(cell)
    return index
  }

  /// Palette and shapes as members of a script object.
  var legend: String {
    let cells = palette.map { "[\($0.text.scriptLiteral),\"\($0.role.className)\"]" }
    let shapes = shapes.map { shape in
      """
      [\(shape.grid.rows),\(shape.grid.columns),\(shape.heavyRows.sorted()),\
      \(shape.heavyColumns.sorted()),\(shape.isSpaced ? 1 : 0)]
      """
    }
    return """
      "palette":[\(cells.joined(separator: ","))],"shapes":[\(shapes.joined(separator: ","))]
      """
  }
}

/// A drawing encoded with the shapes and the palette of a `DrawingEncoder`; the pages' script
/// decodes it.
///
/// A cell is one character, which represents an entry of the palette (text and role). Cells equal
/// to another drawing's are not repeated: a character from U+4E00 on gives the number of cells to
/// copy. A Sudoku takes 81 characters, a wrong answer close to the right one about ten.
struct EncodedDrawing: Hashable {
  /// The index of its shape.
  let shape: Int
  /// The index in the palette of each cell, below `maximumKinds`.
  let cells: [UInt16]

  /// Appends the drawing as its difference from another one with the same shape: only its cells if
  /// it has the first shape, otherwise both.
  func write(to text: inout ScriptText, since other: EncodedDrawing?) {
    if shape > 0 {
      text.append("[")
      text.append(shape)
      text.append(",")
    }
    text.append("\"")
    writeCells(to: &text, since: other?.shape == shape ? other?.cells ?? [] : [])
    text.append(shape > 0 ? "\"]" : "\"")
  }

  private func writeCells(to text: inout ScriptText, since base: [UInt16]) {
    let (count, shared) = (cells.count, min(cells.count, base.count))
    var index = 0
    while index < count {
      let end = min(shared, index + Self.maximumCopy)
      var other = index
      while other < end, cells[other] == base[other] { other += 1 }
      if other - index >= Self.shortestCopy {
        text.append(character: Self.copying + UInt16(other - index))
        index = other
      } else {
        // The few equal cells, and the next one, which differs from the base or is beyond it.
        other = min(other + 1, count)
        while index < other {
          text.append(character: Self.characters[Int(cells[index])])
          index += 1
        }
      }
    }
  }

  private static let copying: UInt16 = 0x4E00
  private static let maximumCopy = 0x4FFF
  /// Shorter runs of equal cells are not worth a three-byte character.
  private static let shortestCopy = 4

  /// The number of kinds of cells that a palette can hold.
  static let maximumKinds = characters.count

  /// The characters of the palette, none of which needs escaping in a script's string.
  private static let characters: [UInt16] =
    (0x23...0x7E).filter { !"<>&'\\".utf16.contains($0) } + (0x100..<0x1000)
}
