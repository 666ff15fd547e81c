import Gym
import GymReports

/// A drawing as part of a page, in the colors of the style sheet; the script draws the same way.
///
/// Rows and columns that are wholly outside the puzzle are left away.
struct StillDrawing: Sendable {
  private static let side = 32

  let drawing: Drawing
  /// The words for screen readers.
  let title: String
  /// A name that is unique on the page.
  let id: String

  var html: HTML {
    let (rows, columns) = Self.bounds(of: drawing)
    let (left, top) = (columns.lowerBound * Self.side, rows.lowerBound * Self.side)
    let (width, height) = (columns.count * Self.side, rows.count * Self.side)
    return """
      <svg class="drawing" viewBox="\(left - 2) \(top - 2) \(width + 4) \(height + 4)" role="img" \
      aria-labelledby="\(id)"><title id="\(id)">\(title)</title>\
      <path class="sheet" d="M\(left) \(top)h\(width)v\(height)h-\(width)z"/>\
      \(cells(rows, columns))\(lines(rows, columns))\
      <path class="edge" d="M\(left) \(top)h\(width)v\(height)h-\(width)z"/></svg>

      """
  }

  /// The rows and columns that hold cells of the puzzle; all, if none does.
  static func bounds(of drawing: Drawing) -> (rows: Range<Int>, columns: Range<Int>) {
    let (rows, columns) = (drawing.grid.rows, drawing.grid.columns)
    let inside = drawing.cells.indices.filter { drawing.cells[$0].role != .outside }
    guard let top = inside.map({ $0 / columns }).min(),
      let bottom = inside.map({ $0 / columns }).max(),
      let left = inside.map({ $0 % columns }).min(),
      let right = inside.map({ $0 % columns }).max()
    else { return (0..<rows, 0..<columns) }
    return (top..<bottom + 1, left..<right + 1)
  }

  private func cells(_ rows: Range<Int>, _ columns: Range<Int>) -> HTML {
    var svg: HTML = ""
    for row in rows {
      for column in columns {
        let cell = drawing.cells[row * drawing.grid.columns + column]
        let (x, y) = (column * Self.side, row * Self.side)
        let name = cell.role.className
        if ![.given, .answer, .blank, .outside].contains(cell.role) {
          svg += """
            <rect class="\(name)" x="\(x)" y="\(y)" width="\(Self.side)" height="\(Self.side)"/>
            """
        }
        guard cell.role.showsText, cell.text.contains(where: { !$0.isWhitespace }) else { continue }
        svg += """
          <text class="\(name)" x="\(x + Self.side / 2)" y="\(y + Self.side / 2 + 1)">\
          \(cell.text)</text>
          """
      }
    }
    return svg
  }

  private func lines(_ rows: Range<Int>, _ columns: Range<Int>) -> HTML {
    func path(_ name: String, _ across: [Int], _ down: [Int]) -> HTML {
      let (top, bottom) = (rows.lowerBound * Self.side, rows.upperBound * Self.side)
      let (left, right) = (columns.lowerBound * Self.side, columns.upperBound * Self.side)
      let moves =
        across.map { "M\(left) \($0 * Self.side)H\(right)" as HTML }
        + down.map { "M\($0 * Self.side) \(top)V\(bottom)" as HTML }
      return moves.isEmpty ? "" : "<path class=\"\(name)\" d=\"\(moves.joined())\"/>"
    }
    let thin =
      drawing.isSpaced ? path("thin", Array(rows.dropFirst()), Array(columns.dropFirst())) : ""
    let heavyRows = drawing.heavyRows.filter(rows.contains).sorted()
    let heavyColumns = drawing.heavyColumns.filter(columns.contains).sorted()
    return thin + path("heavy", heavyRows, heavyColumns)
  }
}
