/// The color and the mark of a line: eight colors, and four marks, which differ for neighbors.
package struct LineStyle: Sendable, Hashable {
  /// The agent's place in the order of colors; nil for references, which are gray.
  package let place: Int?
  /// The number among several lines of one agent, which share its color but not their marks.
  package var variant = 0

  /// The style at a place in the order of colors.
  package init(place: Int?) { self.place = place }

  /// The class of the color in the style sheet.
  package var name: String { place.map { "s\($0 % 8)" } ?? "sr" }

  /// The mark, centered at a position; its shape differs if colors are not enough.
  package func mark(x: Double, y: Double) -> HTML {
    guard let place else {
      return "<path class=\"mark\" d=\"M\(x - 4.5) \(y - 1.5)h9v3h-9z\"/>"
    }
    switch (place + place / 8 + variant) % 4 {
    case 0: return "<circle class=\"mark\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\"/>"
    case 1: return "<path class=\"mark\" d=\"M\(x - 4) \(y - 4)h8v8h-8z\"/>"
    case 2: return "<path class=\"mark\" d=\"M\(x) \(y - 5)l5 9h-10z\"/>"
    default: return "<path class=\"mark\" d=\"M\(x) \(y - 5.5)l5.5 5.5l-5.5 5.5l-5.5 -5.5z\"/>"
    }
  }
}

/// Moves overlapping labels apart.
package enum LabelPlacing {
  /// Positions in the given order, at least `gap` apart and within `range`, each as close to the
  /// wanted position as the sweep allows.
  package static func spread(
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
  package struct Box: Sendable, Hashable {
    package let left, top, right, bottom: Double

    package init(left: Double, top: Double, right: Double, bottom: Double) {
      (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    package func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }
}
