import Leaderboard

/// One color and one mark for each agent, the same on all pages of a benchmark.
struct AgentColors: Sendable {
  private let places: [String: Int]

  /// Agents that learned take the colors in order of the ranking; references stay gray.
  init(_ ranking: Ranking) {
    var places: [String: Int] = [:]
    for contender in ranking.contenders where !contender.kind.isReference {
      if places[contender.agent] == nil { places[contender.agent] = places.count }
    }
    self.places = places
  }

  /// The style of an agent.
  subscript(agent: String) -> LineStyle { LineStyle(place: places[agent]) }

  /// The mark of an agent in its color, to stand before its name.
  func swatch(_ agent: String) -> HTML {
    let style = self[agent]
    return """
      <svg class="swatch series \(style.name)" viewBox="0 0 14 14" width="14" height="14" \
      aria-hidden="true">\(style.mark(x: 7, y: 7))</svg>
      """
  }
}

/// The color and the mark of a line: eight colors, and four marks, which differ for neighbors.
struct LineStyle: Sendable, Hashable {
  /// The agent's place in the order of colors; nil for references, which are gray.
  let place: Int?

  /// The class of the color in the style sheet.
  var name: String { place.map { "s\($0 % 8)" } ?? "sr" }

  /// The mark, centered at a position; its shape differs if colors are not enough.
  func mark(x: Double, y: Double) -> HTML {
    guard let place else {
      return "<path class=\"mark\" d=\"M\(x - 4.5) \(y - 1.5)h9v3h-9z\"/>"
    }
    return Marker.svg(place + place / 8, x: x, y: y)
  }
}
