extension CanonicalSearch {
  /// The least first row that a row can become: the stacks with the fewest clues first, and the
  /// blanks first in each stack.
  func leastFirstRow(_ orientation: Int, _ row: Int) -> UInt64 {
    let width = geometry.boxColumns
    var packed: UInt64 = 0
    var name: UInt64 = 0
    for count in clueCounts(orientation, row).sorted() {
      for position in 0..<width {
        if position >= width - count { name += 1 }
        packed = packed << 4 | (position >= width - count ? name : 0)
      }
    }
    return packed
  }

  /// Every order of columns that makes a row the least first row; for identical columns without
  /// clues only one order.
  func columnOrders(_ orientation: Int, _ row: Int) -> [UInt64] {
    let (width, stacks) = (geometry.boxColumns, geometry.stacks)
    let counts = clueCounts(orientation, row)
    let empty = (0..<geometry.size).map { isEmpty(column: $0, orientation) }
    let inner = (0..<stacks).map { stack -> [UInt64] in
      let columns = (0..<width).map { stack * width + $0 }
      return Self.orders(of: columns).filter { order in
        // Blanks first, and columns without clues in their original order.
        zip(order, order.dropFirst()).allSatisfy { first, second in
          hasClue(orientation, row, first) ? hasClue(orientation, row, second) : true
        } && order.filter { empty[$0] }.elementsEqual(order.filter { empty[$0] }.sorted())
      }.map { Self.pack($0) }
    }
    let emptyStacks = (0..<stacks).filter { stack in
      empty[stack * width..<(stack + 1) * width].allSatisfy { $0 }
    }
    var result: [UInt64] = []
    for order in Self.orders(of: Array(0..<stacks)) {
      guard zip(order, order.dropFirst()).allSatisfy({ counts[$0] <= counts[$1] }),
        order.filter(emptyStacks.contains).elementsEqual(emptyStacks)
      else { continue }
      var partial: [UInt64] = [0]
      for (position, stack) in order.enumerated() {
        let shift = UInt64(4 * width * position)
        partial = partial.flatMap { packed in inner[stack].map { packed | $0 << shift } }
      }
      result += partial
    }
    return result
  }

  private func clueCounts(_ orientation: Int, _ row: Int) -> [Int] {
    (0..<geometry.stacks).map { stack in
      (0..<geometry.boxColumns).count {
        hasClue(orientation, row, stack * geometry.boxColumns + $0)
      }
    }
  }

  private func hasClue(_ orientation: Int, _ row: Int, _ column: Int) -> Bool {
    boards[orientation * geometry.cells + row * geometry.size + column] != 0
  }

  private func isEmpty(column: Int, _ orientation: Int) -> Bool {
    (0..<geometry.size).allSatisfy { !hasClue(orientation, $0, column) }
  }

  /// Every order of a few items.
  private static func orders(of items: [Int]) -> [[Int]] {
    if items.count < 2 { return [items] }
    return items.indices.flatMap { index -> [[Int]] in
      var rest = items
      let first = rest.remove(at: index)
      return orders(of: rest).map { [first] + $0 }
    }
  }

  /// Columns, 4 bits each from bit 0.
  private static func pack(_ columns: [Int]) -> UInt64 {
    columns.reversed().reduce(0) { $0 << 4 | UInt64($1) }
  }
}
