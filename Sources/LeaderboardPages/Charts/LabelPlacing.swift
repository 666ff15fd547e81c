/// Moves overlapping labels apart.
enum LabelPlacing {
  /// Positions in the given order, at least `gap` apart and within `range`, each as close to the
  /// wanted position as the sweep allows.
  static func spread(
    _ wanted: [Double], gap: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var places = wanted
    var last = range.lowerBound - gap
    for index in order {
      places[index] = max(wanted[index], last + gap)
      last = places[index]
    }
    var next = range.upperBound + gap
    for index in order.reversed() {
      places[index] = min(places[index], next - gap)
      next = places[index]
    }
    return places
  }

  /// A rectangle on a drawing.
  struct Box: Sendable, Hashable {
    let left, top, right, bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }
}
