/// The candidates of every cell of a board, and the conclusions from naked and hidden singles.
struct BoardState: Sendable {
  let geometry: BoardGeometry
  /// For each cell, one bit per value from bit 0.
  private(set) var candidates: [UInt16]
  /// Whether a cell's value has been removed from its peers.
  private var isPlaced: [Bool]

  /// The empty board.
  init(geometry: BoardGeometry) {
    self.geometry = geometry
    candidates = [UInt16](repeating: geometry.allValues, count: geometry.cells)
    isPlaced = [Bool](repeating: false, count: geometry.cells)
  }

  /// The value of each cell; 0 if it is open.
  var values: [UInt8] {
    candidates.map { $0 & ($0 &- 1) == 0 && $0 != 0 ? UInt8($0.trailingZeroBitCount + 1) : 0 }
  }

  /// Leaves only one value for a cell.
  mutating func keep(_ value: UInt8, at cell: Int) {
    candidates[cell] &= 1 << UInt16(value - 1)
  }

  /// Removes a value from a cell.
  mutating func remove(_ value: UInt8, at cell: Int) {
    candidates[cell] &= ~(1 << UInt16(value - 1))
  }

  /// Leaves only the clue for each clue's cell: one value per cell, 0 for blank.
  mutating func keep(_ clues: [UInt8]) {
    for (cell, value) in clues.enumerated() where value != 0 { keep(value, at: cell) }
  }

  /// Draws all conclusions; false if no solution is left.
  mutating func settle() -> Bool {
    while let changed = advance() {
      if !changed { return true }
    }
    return false
  }

  /// The first open cell with the fewest candidates; nil on a full board.
  func cellWithFewestCandidates() -> Int? {
    var best: Int?
    var fewest = Int.max
    for cell in candidates.indices {
      let count = candidates[cell].nonzeroBitCount
      if count > 1, count < fewest {
        (best, fewest) = (cell, count)
        if count == 2 { break }
      }
    }
    return best
  }

  /// The least value that a cell can still have.
  func lowestCandidate(of cell: Int) -> UInt8 {
    UInt8(candidates[cell].trailingZeroBitCount + 1)
  }

  /// Draws one round of conclusions: every naked single, then every hidden one.
  ///
  /// Returns nil if no solution is left, and otherwise whether anything changed.
  mutating func advance() -> Bool? {
    let geometry = geometry
    let size = geometry.size
    return candidates.withUnsafeMutableBufferPointer { candidates -> Bool? in
      isPlaced.withUnsafeMutableBufferPointer { isPlaced -> Bool? in
        geometry.peers.withUnsafeBufferPointer { peers -> Bool? in
          geometry.units.withUnsafeBufferPointer { units -> Bool? in
            var changed = false
            for cell in 0..<candidates.count where !isPlaced[cell] {
              let mask = candidates[cell]
              if mask == 0 { return nil }
              guard mask & (mask &- 1) == 0 else { continue }
              isPlaced[cell] = true
              changed = true
              let first = cell &* geometry.peerCount
              for index in first..<first &+ geometry.peerCount {
                let peer = Int(peers[index])
                candidates[peer] &= ~mask
                if candidates[peer] == 0 { return nil }
              }
            }
            for unit in 0..<3 &* size {
              var (once, twice) = (UInt16(0), UInt16(0))
              for index in unit &* size..<(unit &+ 1) &* size {
                let mask = candidates[Int(units[index])]
                twice |= once & mask
                once |= mask
              }
              if once != geometry.allValues { return nil }
              let hidden = once & ~twice
              for index in unit &* size..<(unit &+ 1) &* size {
                let cell = Int(units[index])
                let mask = candidates[cell] & hidden
                if mask != 0, mask != candidates[cell] {
                  if mask & (mask &- 1) != 0 { return nil }
                  candidates[cell] = mask
                  changed = true
                }
              }
            }
            return changed
          }
        }
      }
    }
  }
}

extension BoardGeometry {
  /// One bit per value.
  var allValues: UInt16 { UInt16(truncatingIfNeeded: (1 << size) - 1) }
}

/// A value that a cell must not hold.
///
/// With the known answer's value excluded, any remaining solution is a second one: this tests
/// whether a clue is needed at half the cost of counting to two.
package struct Exclusion: Sendable, Hashable {
  package let cell: Int
  package let value: UInt8

  package init(cell: Int, value: UInt8) {
    self.cell = cell
    self.value = value
  }
}
