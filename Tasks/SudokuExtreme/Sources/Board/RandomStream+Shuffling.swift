import Randomness

// Not generic and without allocations, unlike `shuffle`, since they are used in inner loops.
extension RandomStream {
  /// The numbers below `count`, at most 16, in uniformly random order, from one random number.
  ///
  /// Each takes 4 bits, from bit 0.
  mutating func smallPermutation(of count: Int) -> UInt64 {
    var orders: UInt64 = 1
    for number in 1...UInt64(count) { orders &*= number }
    let order = below(Int(orders))
    return count == 3 ? Self.ordersOfThree[order] : Self.packed(order, of: count)
  }

  /// Most permutations are of the lines of a 9×9 board.
  private static let ordersOfThree = (0..<6).map { packed($0, of: 3) }

  /// Order number `order` of the numbers below `count`.
  private static func packed(_ order: Int, of count: Int) -> UInt64 {
    var order = UInt64(order)
    var result: UInt64 = 0
    for last in 0..<UInt64(count) {
      // Durstenfeld's shuffle, inside out: the number at `place` moves to the end.
      let place = order % (last &+ 1) &* 4
      order /= last &+ 1
      let moved = result &>> place & 15
      result = result & ~(15 &<< place) | last &<< place
      if place != last &* 4 { result |= moved &<< (last &* 4) }
    }
    return result
  }

  /// The numbers below `count` in uniformly random order.
  mutating func permutation(of count: Int) -> [Int] {
    [Int](unsafeUninitializedCapacity: count) { numbers, initialized in
      for last in 0..<count {
        let place = below(last + 1)
        numbers.initializeElement(at: last, to: last)
        numbers.swapAt(place, last)
      }
      initialized = count
    }
  }
}
