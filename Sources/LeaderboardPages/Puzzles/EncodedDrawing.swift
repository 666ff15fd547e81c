import GymReports

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
