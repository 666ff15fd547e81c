import Randomness

/// One of the four directions to the border.
enum Direction: CaseIterable, Sendable {
  case up
  case down
  case left
  case right

  static func random(using random: inout RandomStream) -> Direction {
    allCases[random.below(allCases.count)]
  }

  var isVertical: Bool { self == .up || self == .down }
  /// The number of rows that a step goes down.
  var down: Int { self == .up ? -1 : self == .down ? 1 : 0 }
  /// The number of columns that a step goes right.
  var right: Int { self == .left ? -1 : self == .right ? 1 : 0 }

  /// The number of steps that a box can move in this direction within bounds.
  func room(for box: Box, in bounds: Box) -> Int {
    switch self {
    case .up: box.row - bounds.row
    case .down: bounds.bottom - box.bottom
    case .left: box.column - bounds.column
    case .right: bounds.right - box.right
    }
  }
}
