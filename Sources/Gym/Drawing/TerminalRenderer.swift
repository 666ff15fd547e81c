/// Renders drawings as lines of text, in color if requested.
///
/// With colors, roles appear as colors. Without, a spaced drawing has `+` before a changed cell and
/// `!` before a wrong one.
public struct TerminalRenderer: Sendable, Hashable {
  /// Whether the lines contain ANSI color sequences.
  public let usesColor: Bool

  /// A renderer with ANSI colors or with plain marks.
  public init(usesColor: Bool) {
    self.usesColor = usesColor
  }

  /// A drawing as text, each line ending in a newline.
  public func text(_ drawing: Drawing) -> String {
    lines(drawing).map { $0 + "\n" }.joined()
  }

  /// Drawings next to each other, each under its title. Lines are not cut: the caller makes sure
  /// that the drawings fit.
  public func text(sideBySide drawings: [(title: String, drawing: Drawing)]) -> String {
    let blocks = drawings.map { title, drawing in
      Block(title: title, lines: lines(drawing), width: width(of: drawing))
    }
    let height = blocks.map(\.lines.count).max() ?? 0
    let titles = blocks.map { $0.title.padded(to: $0.columns) }.joined(separator: "   ")
    let rows = (0..<height).map { row in
      blocks.map { $0.line(row) }.joined(separator: "   ").trimmingTrailingSpaces
    }
    return ([titles.trimmingTrailingSpaces] + rows).map { $0 + "\n" }.joined()
  }

  /// The number of columns that a drawing takes.
  public func width(of drawing: Drawing) -> Int {
    let layout = Layout(drawing, usesColor: usesColor)
    return layout.bands.reduce(layout.bands.count + 1) { $0 + layout.width(of: $1) }
  }

  /// A drawing's lines, without newlines.
  public func lines(_ drawing: Drawing) -> [String] {
    let layout = Layout(drawing, usesColor: usesColor)
    let lines =
      drawing.heavyRows.isEmpty && drawing.heavyColumns.isEmpty
      ? FrameLines.light : FrameLines.heavy
    var result = [layout.rule(lines.top)]
    for row in 0..<drawing.grid.rows {
      if row > 0, drawing.heavyRows.contains(row) { result.append(layout.rule(lines.middle)) }
      result.append(cells(of: drawing, row: row, layout: layout, edge: lines.vertical))
    }
    result.append(layout.rule(lines.bottom))
    return result
  }

  private func cells(
    of drawing: Drawing, row: Int, layout: Layout, edge: String
  ) -> String {
    let bands = layout.bands.map { band -> String in
      let cells = band.map { column -> String in
        let cell = drawing.cells[row * drawing.grid.columns + column]
        let text = cell.text.printable.padded(to: layout.cellWidth)
        if usesColor {
          return (drawing.isSpaced ? " " : "") + cell.role.colored(text)
        }
        return (drawing.isSpaced ? cell.role.mark : "")
          + (cell.role == .outside
            ? String(repeating: " ", count: layout.cellWidth) : text)
      }
      return cells.joined() + (drawing.isSpaced ? " " : "")
    }
    return edge + bands.joined(separator: edge) + edge
  }
}

/// Lines of one of several drawings that stand next to each other.
private struct Block {
  let title: String
  let lines: [String]
  let width: Int

  /// The columns of the block: those of its drawing or of its title, whichever is wider.
  var columns: Int { max(width, title.count) }

  /// A line padded with spaces to the block's columns.
  func line(_ row: Int) -> String {
    guard row < lines.count else { return String(repeating: " ", count: columns) }
    return lines[row] + String(repeating: " ", count: columns - width)
  }
}

/// The positions of a drawing's cells and lines.
private struct Layout {
  let cellWidth: Int
  /// The columns between two vertical lines.
  let bands: [Range<Int>]
  let isSpaced: Bool

  init(_ drawing: Drawing, usesColor: Bool) {
    let widest = drawing.cells.map(\.text.count).max() ?? 1
    // Two terminal columns are about as wide as a line is high.
    cellWidth = max(widest, usesColor && !drawing.isSpaced ? 2 : 1)
    let inner = drawing.heavyColumns.filter { (1..<drawing.grid.columns).contains($0) }.sorted()
    let edges = [0] + inner + [drawing.grid.columns]
    bands = zip(edges, edges.dropFirst()).map { $0..<$1 }
    isSpaced = drawing.isSpaced
  }

  func width(of band: Range<Int>) -> Int {
    isSpaced ? band.count * (cellWidth + 1) + 1 : band.count * cellWidth
  }

  func rule(_ line: FrameLines.Rule) -> String {
    let parts = bands.map { String(repeating: line.along, count: width(of: $0)) }
    return line.left + parts.joined(separator: line.cross) + line.right
  }
}

/// The box-drawing characters of a frame.
private struct FrameLines {
  struct Rule {
    let left, along, cross, right: String
  }

  let top, middle, bottom: Rule
  let vertical: String

  static let heavy = FrameLines(
    top: Rule(left: "┏", along: "━", cross: "┳", right: "┓"),
    middle: Rule(left: "┣", along: "━", cross: "╋", right: "┫"),
    bottom: Rule(left: "┗", along: "━", cross: "┻", right: "┛"), vertical: "┃")
  static let light = FrameLines(
    top: Rule(left: "┌", along: "─", cross: "┬", right: "┐"),
    middle: Rule(left: "├", along: "─", cross: "┼", right: "┤"),
    bottom: Rule(left: "└", along: "─", cross: "┴", right: "┘"), vertical: "│")
}

extension Drawing.Role {
  /// The mark before a cell without colors.
  fileprivate var mark: String {
    switch self {
    case .wrong: "!"
    case .changed: "+"
    default: " "
    }
  }

  /// A text in the role's colors.
  fileprivate func colored(_ text: String) -> String {
    let blank = String(repeating: " ", count: text.count)
    switch self {
    case .given: return "\u{1B}[1m\(text)\u{1B}[0m"
    case .answer: return "\u{1B}[36m\(text)\u{1B}[0m"
    case .wrong: return "\u{1B}[1;97;41m\(text)\u{1B}[0m"
    case .changed: return "\u{1B}[1;32m\(text)\u{1B}[0m"
    case .blank: return "\u{1B}[2m\(text)\u{1B}[0m"
    case .wall: return "\u{1B}[48;5;240m\(blank)\u{1B}[0m"
    case .path: return "\u{1B}[30;43m\(text)\u{1B}[0m"
    case .start: return "\u{1B}[97;44m\(text)\u{1B}[0m"
    case .goal: return "\u{1B}[97;42m\(text)\u{1B}[0m"
    case .color(let color):
      let codes = [16, 27, 196, 40, 226, 248, 201, 208, 117, 88]
      guard codes.indices.contains(color) else { return text }
      return "\u{1B}[48;5;\(codes[color])m\(blank)\u{1B}[0m"
    case .outside: return blank
    }
  }
}

extension String {
  /// The text with control characters replaced, so that none reaches the terminal.
  fileprivate var printable: String {
    String(
      map {
        $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? "\u{FFFD}" : $0
      })
  }

  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }

  fileprivate var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
