/// Finds the least board, row by row, among all images of a board under the symmetry group.
///
/// The first row decides most: only rows (and, transposed, columns) that can become the least first
/// row are considered, each with every order of columns that achieves it. After that, each row
/// keeps only those arrangements whose next row can be least. Digits are named in order of
/// appearance.
struct CanonicalSearch {
  /// An arrangement of the columns and of the rows so far.
  private struct Arrangement {
    /// 1 if the board is transposed.
    let orientation: Int
    /// For each column of the result, 4 bits from bit 0 with the column it comes from.
    let columns: UInt64
    /// For each value, 4 bits with its new name; 0 if it has none yet.
    var names: UInt64
    /// The least unused name.
    var nextName: UInt64
    /// The used rows, one bit each.
    var rows: UInt32
    /// The last row used.
    var last: Int
  }

  let geometry: BoardGeometry
  /// The board and, if transposing is a symmetry, the transposed board after it.
  let boards: [UInt8]
  /// For each orientation, one bit per row without clues.
  private let emptyRows: [UInt32]

  /// - Precondition: the board keeps the rules, and has at most 9 rows.
  init(_ values: [UInt8], geometry: BoardGeometry) {
    self.geometry = geometry
    let size = geometry.size
    precondition(values.count == size * size && size <= 9)
    var boards = values
    if geometry.hasTranspose {
      boards += (0..<values.count).map { values[$0 % size * size + $0 / size] }
    }
    self.boards = boards
    emptyRows = stride(from: 0, to: boards.count, by: values.count).map { start in
      (0..<size).reduce(0) { mask, row in
        let first = start + row * size
        return boards[first..<first + size].allSatisfy { $0 == 0 } ? mask | 1 << row : mask
      }
    }
  }

  /// The least board's values.
  func leastBoard() -> [UInt8] {
    let size = geometry.size
    var (row, arrangements) = firstRows()
    var least = [row]
    for _ in 1..<size {
      (row, arrangements) = nextRows(arrangements)
      least.append(row)
    }
    return least.flatMap { row in
      (0..<size).map { UInt8(row >> UInt64(4 * (size - 1 - $0)) & 15) }
    }
  }

  /// The least first row, and every arrangement that gives it.
  private func firstRows() -> (UInt64, [Arrangement]) {
    let size = geometry.size
    var least = UInt64.max
    var starts: [(orientation: Int, row: Int)] = []
    for orientation in emptyRows.indices {
      for row in 0..<size {
        let packed = leastFirstRow(orientation, row)
        if packed < least {
          least = packed
          starts = []
        }
        if packed == least { starts.append((orientation, row)) }
      }
    }
    var arrangements: [Arrangement] = []
    for (orientation, row) in starts {
      for columns in columnOrders(orientation, row) {
        var arrangement = Arrangement(
          orientation: orientation, columns: columns, names: 0, nextName: 1, rows: 0, last: row)
        if place(row, in: &arrangement, atMost: least) != nil { arrangements.append(arrangement) }
      }
    }
    return (least, arrangements)
  }

  /// The least next row over all arrangements, and all arrangements that give it.
  private func nextRows(_ arrangements: [Arrangement]) -> (UInt64, [Arrangement]) {
    var least = UInt64.max
    var result: [Arrangement] = []
    for arrangement in arrangements {
      var candidates = openRows(arrangement)
      while candidates != 0 {
        let row = candidates.trailingZeroBitCount
        candidates &= candidates &- 1
        var next = arrangement
        guard let packed = place(row, in: &next, atMost: least) else { continue }
        if packed < least {
          least = packed
          result.removeAll(keepingCapacity: true)
        }
        result.append(next)
      }
    }
    return (least, result)
  }

  /// The rows that may come next: those of the current band, or of any unused band. Of identical
  /// rows without clues, only the first.
  private func openRows(_ arrangement: Arrangement) -> UInt32 {
    let height = geometry.boxRows
    let empty = emptyRows[arrangement.orientation]
    let band = UInt32(1 << height - 1)
    func open(_ first: Int) -> UInt32 {
      let rows = band << first & ~arrangement.rows
      let spare = rows & empty
      return rows & ~(spare & (spare &- 1))
    }
    let begun = arrangement.last / height * height
    if band << begun & ~arrangement.rows != 0 { return open(begun) }
    var rows: UInt32 = 0
    var hasEmptyBand = false
    for first in stride(from: 0, to: geometry.size, by: height)
    where arrangement.rows & band << first == 0 {
      let isEmpty = band << first & ~empty == 0
      if isEmpty && hasEmptyBand { continue }
      hasEmptyBand = hasEmptyBand || isEmpty
      rows |= open(first)
    }
    return rows
  }

  /// Places a row next; nil if its image would be above a bound.
  private func place(
    _ row: Int, in arrangement: inout Arrangement, atMost bound: UInt64
  ) -> UInt64? {
    let size = geometry.size
    let start = arrangement.orientation * geometry.cells + row * size
    var (names, nextName, packed) = (arrangement.names, arrangement.nextName, UInt64(0))
    var columns = arrangement.columns
    var shift = UInt64(4 * size)
    return boards.withUnsafeBufferPointer { boards -> UInt64? in
      for _ in 0..<size {
        let value = UInt64(boards[start &+ Int(columns & 15)])
        columns &>>= 4
        var name: UInt64 = 0
        if value != 0 {
          name = names &>> (4 &* value) & 15
          if name == 0 {
            name = nextName
            names |= name &<< (4 &* value)
            nextName &+= 1
          }
        }
        packed = packed &<< 4 | name
        shift &-= 4
        if packed > bound &>> shift { return nil }
      }
      arrangement.names = names
      arrangement.nextName = nextName
      arrangement.rows |= 1 << UInt32(row)
      arrangement.last = row
      return packed
    }
  }
}

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
