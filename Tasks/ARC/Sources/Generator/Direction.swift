import Randomness

/// One of the four ways to the border.
enum Direction: CaseIterable, Sendable {
  case up
  case down
  case left
  case right

  static func random(using random: inout RandomStream) -> Direction {
    allCases[random.below(allCases.count)]
  }

  var isVertical: Bool { self == .up || self == .down }
  /// How many rows down a step goes.
  var down: Int { self == .up ? -1 : self == .down ? 1 : 0 }
  /// How many columns to the right a step goes.
  var right: Int { self == .left ? -1 : self == .right ? 1 : 0 }

  /// How many steps a box can take this way within bounds.
  func room(for box: Box, in bounds: Box) -> Int {
    switch self {
    case .up: box.row - bounds.row
    case .down: bounds.bottom - box.bottom
    case .left: box.column - bounds.column
    case .right: bounds.right - box.right
    }
  }
}
