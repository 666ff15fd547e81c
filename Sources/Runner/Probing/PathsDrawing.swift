/// The ways of puzzles through a state's space as an SVG image: from a ring to a dot.
struct PathsDrawing {
  private static let side = 400.0
  private static let margin = 24.0

  private let paths: ProbeReport.Paths

  init(_ paths: ProbeReport.Paths) { self.paths = paths }

  var svg: String {
    let all = paths.places.flatMap { $0 }
    let reach = all.map { max(abs($0.x), abs($0.y)) }.filter(\.isFinite).max() ?? 0
    let scale = reach > 0 ? (Self.side / 2 - Self.margin) / reach : 0
    func place(_ point: PrincipalPlane.Place) -> (x: Double, y: Double) {
      (rounded(Self.side / 2 + point.x * scale), rounded(Self.side / 2 - point.y * scale))
    }
    let lines = paths.places.enumerated().map { index, places -> String in
      let points = places.map(place)
      guard let first = points.first, let last = points.last else { return "" }
      let way = points.map { "\($0.x) \($0.y)" }.joined(separator: "L")
      return """
        <g class="c\(index % 8)"><path d="M\(way)"/><circle class="ring" cx="\(first.x)" \
        cy="\(first.y)" r="4"/><circle class="dot" cx="\(last.x)" cy="\(last.y)" r="5"/></g>

        """
    }
    let (half, side) = (Self.side / 2, Self.side)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" width="\(side)" \
      height="\(side)" role="img">
      <title>\(paths.name.escapedForXML)</title>
      <style>\(Self.styles)</style>
      <path class="axis" d="M0 \(half)H\(side)M\(half) 0V\(side)"/>
      \(lines.joined())</svg>

      """
  }

  private func rounded(_ value: Double) -> Double {
    value.isFinite ? (value * 10).rounded() / 10 : 0
  }

  private static let colors = [
    ("#0a5bb5", "#7db8ff"), ("#b3420a", "#ffa56b"), ("#0b7a5b", "#5fd3ac"), ("#8a3f92", "#d79be0"),
    ("#7a6200", "#e0c04a"), ("#3d4650", "#c3cad3"), ("#a3195b", "#ff8fbe"), ("#2b7f9e", "#7fd0ea"),
  ]

  private static let styles: String = {
    func rules(_ color: ((String, String)) -> String) -> String {
      colors.enumerated().map { ".c\($0.offset){color:\(color($0.element))}" }.joined()
    }
    return "path{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linejoin:round;opacity:.8}"
      + ".axis{color:#d9dde3}.ring{fill:none;stroke:currentColor;stroke-width:1.5}"
      + ".dot{fill:currentColor}" + rules(\.0)
      + "@media (prefers-color-scheme:dark){.axis{color:#313841}" + rules(\.1) + "}"
  }()
}
