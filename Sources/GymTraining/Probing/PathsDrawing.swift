import GymReports

/// The ways of puzzles through a state's space as a drawing: from a ring to a dot.
struct PathsDrawing {
  private static let side = 400.0
  private static let margin = 24.0

  private let paths: ProbeReport.Paths

  init(_ paths: ProbeReport.Paths) { self.paths = paths }

  var svg: HTML {
    let all = paths.places.flatMap { $0 }
    let reach = all.map { max(abs($0.x), abs($0.y)) }.filter(\.isFinite).max() ?? 0
    let scale = reach > 0 ? (Self.side / 2 - Self.margin) / reach : 0
    func place(_ point: PrincipalPlane.Place) -> (x: Double, y: Double) {
      (Self.side / 2 + point.x * scale, Self.side / 2 - point.y * scale)
    }
    let lines = paths.places.enumerated().map { index, places -> HTML in
      let points = places.map(place)
      guard let first = points.first, let last = points.last else { return "" }
      let way = points.map { "\($0.x) \($0.y)" as HTML }.joined("L")
      return """
        <g class="\(LineStyle(place: index).name)"><circle class="ring" cx="\(first.x)" \
        cy="\(first.y)" r="4"/><path d="M\(way)"/><circle class="dot" cx="\(last.x)" \
        cy="\(last.y)" r="5"/></g>

        """
    }
    let (half, side) = (Self.side / 2, Self.side)
    return """
      <svg class="way" viewBox="0 0 \(side) \(side)" role="img" aria-label="Ways of \(paths.name)">
      <path class="axis" d="M0 \(half)H\(side)M\(half) 0V\(side)"/>
      \(lines.joined())</svg>

      """
  }
}
