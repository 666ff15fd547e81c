import Gym

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
