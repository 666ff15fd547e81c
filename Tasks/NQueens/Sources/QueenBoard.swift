import Gym

/// The queens of a board, and the columns that the rows without one still allow.
struct QueenBoard: Sendable {
  let size: Int
  /// The column of each row's queen; nil if it has none yet.
  private(set) var queens: [Int?]
  /// The columns without attack in each row without a queen: one bit per column from bit 0.
  private(set) var allowed: [UInt32]

  /// The empty board.
  init(size: Int) {
    self.size = size
    queens = Array(repeating: nil, count: size)
    allowed = Array(repeating: 1 << UInt32(size) - 1, count: size)
  }

  /// Whether a row allows a column.
  func allows(row: Int, column: Int) -> Bool {
    queens[row] == nil && allowed[row] >> column & 1 == 1
  }

  /// Places a queen on a cell that no other queen attacks.
  mutating func place(row: Int, column: Int) {
    queens[row] = column
    allowed[row] = 0
    for other in 0..<size where queens[other] == nil {
      let distance = abs(other - row)
      let attacked = UInt32(1) << column | 1 << (column + distance)
      allowed[other] &= ~(attacked | (distance <= column ? 1 << (column - distance) : 0))
    }
  }

  /// Removes a column from a row.
  mutating func exclude(row: Int, column: Int) { allowed[row] &= ~(1 << column) }

  /// Places every queen with only one possible cell in its row, then in its column. Returns nil if
  /// a row or column has none, and otherwise whether anything changed.
  mutating func advance() -> Bool? {
    var changed = false
    for row in 0..<size where queens[row] == nil {
      if allowed[row] == 0 { return nil }
      if allowed[row].nonzeroBitCount == 1 {
        place(row: row, column: allowed[row].trailingZeroBitCount)
        changed = true
      }
    }
    for column in 0..<size where !queens.contains(column) {
      let rows = (0..<size).filter { allows(row: $0, column: column) }
      if rows.isEmpty { return nil }
      if rows.count == 1 {
        place(row: rows[0], column: column)
        changed = true
      }
    }
    return changed
  }

  /// Draws all conclusions; false if no answer is left.
  mutating func settle() -> Bool {
    while let changed = advance() {
      if !changed { return true }
    }
    return false
  }

  /// The first row without a queen that allows the fewest columns; nil on a full board.
  var tightestRow: Int? {
    (0..<size).filter { queens[$0] == nil }
      .min { allowed[$0].nonzeroBitCount < allowed[$1].nonzeroBitCount }
  }
}

/// Searches for the answers of a board: conclusions, then a guess in the row with the fewest
/// possible cells.
struct QueenSearch: Sendable {
  /// The steps of the search.
  enum Event: Sendable { case conclusion, guess, undo }

  /// The number of answers, counted up to the limit.
  private(set) var count = 0
  /// The number of choices that might have been wrong.
  private(set) var guesses = 0
  /// The first answer, one column per row.
  private(set) var first: [Int]?
  private let limit: Int

  /// Searches for up to `limit` answers, and reports the board after each step.
  init(_ board: QueenBoard, limit: Int, _ show: (Event, QueenBoard) -> Void = { _, _ in }) {
    self.limit = limit
    var board = board
    if Self.settle(&board, show) { search(&board, show) }
  }

  private mutating func search(
    _ board: inout QueenBoard, _ show: (Event, QueenBoard) -> Void
  ) {
    while let row = board.tightestRow {
      guesses += 1
      let column = board.allowed[row].trailingZeroBitCount
      var attempt = board
      attempt.place(row: row, column: column)
      show(.guess, attempt)
      if Self.settle(&attempt, show) { search(&attempt, show) }
      if count >= limit { return }
      show(.undo, board)
      board.exclude(row: row, column: column)
      guard Self.settle(&board, show) else { return }
    }
    count += 1
    if first == nil { first = board.queens.compactMap { $0 } }
  }

  private static func settle(
    _ board: inout QueenBoard, _ show: (Event, QueenBoard) -> Void
  ) -> Bool {
    while let changed = board.advance() {
      if !changed { return true }
      show(.conclusion, board)
    }
    return false
  }

  /// The columns of a full board, found by random guessing.
  static func randomBoard(size: Int, using random: inout RandomStream) -> [Int] {
    func complete(_ board: QueenBoard, _ random: inout RandomStream) -> [Int]? {
      var board = board
      guard board.settle() else { return nil }
      guard let row = board.tightestRow else { return board.queens.compactMap { $0 } }
      let columns = (0..<size).filter { board.allows(row: row, column: $0) }
      for column in random.shuffled(columns) {
        var attempt = board
        attempt.place(row: row, column: column)
        if let columns = complete(attempt, &random) { return columns }
      }
      return nil
    }
    guard let columns = complete(QueenBoard(size: size), &random) else {
      preconditionFailure("queens fit on every board of 4 and more")
    }
    return columns
  }
}
