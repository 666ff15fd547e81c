import Randomness

/// Two rectangles, the upper of which covers one corner of the lower.
struct Overlap {
  /// The bounding box of both.
  let rows: Int
  let columns: Int
  /// Positions within that box.
  let lower: Box
  let upper: Box

  /// A random overlap; a cell of every side of the lower rectangle stays visible.
  init(using random: inout RandomStream) {
    let down = Self.axis(using: &random)
    let right = Self.axis(using: &random)
    rows = down.total
    columns = right.total
    lower = Box(
      row: down.lower, column: right.lower, rows: down.lowerSide, columns: right.lowerSide)
    upper = Box(
      row: down.upper, column: right.upper, rows: down.upperSide, columns: right.upperSide)
  }

  private static func axis(
    using random: inout RandomStream
  ) -> (lower: Int, lowerSide: Int, upper: Int, upperSide: Int, total: Int) {
    let (lowerSide, upperSide) = (random.integer(in: 3...4), random.integer(in: 2...4))
    let shared = random.integer(in: 1...min(lowerSide - 1, upperSide))
    let total = lowerSide + upperSide - shared
    return random.below(2) == 0
      ? (0, lowerSide, lowerSide - shared, upperSide, total)
      : (upperSide - shared, lowerSide, 0, upperSide, total)
  }
}
