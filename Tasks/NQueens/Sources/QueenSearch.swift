import Randomness

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
