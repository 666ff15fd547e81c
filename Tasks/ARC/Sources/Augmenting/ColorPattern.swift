/// Identifies a pair of grids and its recolored copies: a hash of the pattern, with colors numbered
/// in order of appearance, and which colors these are.
///
/// Recoloring keeps the pattern, so the content of a thousand recolored copies is known without
/// looking at their cells.
struct ColorPattern {
  private var pattern = ContentHash()
  /// The colors in order of appearance, four bits each, the first lowest.
  private var colors: UInt64 = 0
  private var count: UInt64 = 0

  init(_ grids: [ARCGrid]) {
    var numbers = [UInt8?](repeating: nil, count: ARCGrid.colors)
    for grid in grids {
      pattern.absorb(UInt64(grid.rows << 8 | grid.columns))
      pattern.absorb(
        grid.cells.map { color in
          if let number = numbers[Int(color)] { return number }
          let number = UInt8(count)
          numbers[Int(color)] = number
          colors |= UInt64(color) << (4 * count)
          count += 1
          return number
        })
    }
  }

  /// A hash of the grids with their colors renamed.
  func content(as map: ARCColorMap) -> UInt64 {
    var renamed: UInt64 = 0
    for place in 0..<count {
      renamed = renamed << 4 | map.packed >> (colors >> (4 * place) & 15 * 4) & 15
    }
    var hash = pattern
    hash.absorb(renamed)
    return hash.value
  }
}
