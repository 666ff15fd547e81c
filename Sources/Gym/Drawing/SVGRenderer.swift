/// Renders drawings as SVG that is readable on light and dark pages.
public struct SVGRenderer: Sendable, Hashable {
  /// The side of a cell, in SVG's units.
  public let cellSide: Int

  /// - Precondition: `cellSide` is positive.
  public init(cellSide: Int = 32) {
    precondition(cellSide > 0)
    self.cellSide = cellSide
  }

  /// A drawing as an SVG document; screen readers read out the title.
  public func text(_ drawing: Drawing, title: String) -> String {
    let margin = 2
    let width = drawing.grid.columns * cellSide + 2 * margin
    let height = drawing.grid.rows * cellSide + 2 * margin
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="\(-margin) \(-margin) \(width) \(height)" \
      width="\(width)" height="\(height)" role="img">
      <title>\(title.escapedForHTML)</title>
      <style>
      \(styles)
      </style>

      """
    for (index, cell) in drawing.cells.enumerated() where cell.role != .outside {
      let (row, column) = index.quotientAndRemainder(dividingBy: drawing.grid.columns)
      svg += shape(cell, x: column * cellSide, y: row * cellSide)
    }
    return svg + lines(drawing) + "</svg>\n"
  }

  /// A cell's rectangle and text, with its upper left corner at x, y.
  func shape(_ cell: Drawing.Cell, x: Int, y: Int) -> String {
    let name = cell.role.className
    var svg = """
      <rect class="\(name)" x="\(x)" y="\(y)" width="\(cellSide)" height="\(cellSide)"/>

      """
    if cell.role.showsText, cell.text.contains(where: { !$0.isWhitespace }) {
      svg += """
        <text class="\(name)" x="\(x + cellSide / 2)" y="\(y + cellSide / 2)">\
        \(cell.text.escapedForHTML)</text>

        """
    }
    return svg
  }

  /// The lines between cells, and the frame.
  func lines(_ drawing: Drawing) -> String {
    let (rows, columns) = (drawing.grid.rows, drawing.grid.columns)
    var svg = ""
    if drawing.isSpaced {
      let thinRows = (1..<rows).filter { !drawing.heavyRows.contains($0) }
      let thinColumns = (1..<columns).filter { !drawing.heavyColumns.contains($0) }
      svg += path("thin", rows: thinRows, columns: thinColumns, of: drawing.grid)
    }
    svg += path(
      "heavy", rows: drawing.heavyRows.filter { (1..<rows).contains($0) }.sorted(),
      columns: drawing.heavyColumns.filter { (1..<columns).contains($0) }.sorted(),
      of: drawing.grid)
    return svg + """
      <rect class="frame" width="\(columns * cellSide)" height="\(rows * cellSide)"/>

      """
  }

  private func path(_ name: String, rows: [Int], columns: [Int], of grid: GridShape) -> String {
    guard !rows.isEmpty || !columns.isEmpty else { return "" }
    let moves =
      rows.map { "M0 \($0 * cellSide)H\(grid.columns * cellSide)" }
      + columns.map { "M\($0 * cellSide) 0V\(grid.rows * cellSide)" }
    return "<path class=\"\(name)\" d=\"\(moves.joined())\"/>\n"
  }

  /// The style rules of cells and lines.
  var styles: String {
    """
    rect { fill: #ffffff; }
    text { fill: #1f2328; font: \(cellSide * 5 / 8)px sans-serif; text-anchor: middle; \
    dominant-baseline: central; }
    text.given { font-weight: bold; }
    text.answer { fill: #0969da; }
    text.changed { fill: #1a7f37; font-weight: bold; }
    text.wrong { fill: #cf222e; font-weight: bold; }
    text.blank { fill: #8c959f; }
    rect.wrong { fill: #ffebe9; }
    rect.changed { fill: #dafbe1; }
    rect.wall { fill: #57606a; }
    rect.path { fill: #f2cc60; }
    rect.start { fill: #54aeff; }
    rect.goal { fill: #4ac26b; }
    path, rect.frame { fill: none; stroke: #57606a; }
    path.thin { stroke-width: 0.5; }
    path.heavy, rect.frame { stroke-width: 2; }
    \(Drawing.Role.colorRules())
    @media (prefers-color-scheme: dark) {
    rect.given, rect.answer, rect.blank { fill: #0d1117; }
    rect.wrong { fill: #67060c; }
    rect.changed { fill: #033a16; }
    text { fill: #e6edf3; }
    text.answer { fill: #58a6ff; }
    text.changed { fill: #56d364; }
    text.wrong { fill: #ffa198; }
    text.path, text.start, text.goal { fill: #1f2328; }
    }
    """
  }
}
