import GymBoards
import GymReports

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
