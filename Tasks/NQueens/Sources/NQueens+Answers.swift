import Gym

extension NQueens {
  /// Findings: `placed` (as many queens as rows), `peaceful` (none attacks another), `keeps` (the
  /// given queens stay) and `label-match` (the label's queens). The puzzle is solved if the first
  /// three hold.
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    let question = example.question
    guard question.count == grid.cells, answer.count == grid.cells else {
      return .failed(
        "the answer has \(answer.count) cells, the question \(question.count)",
        findings: findings(false, false, false, false))
    }
    let unclear = answer.indices.filter {
      answer[$0] != Token.queen && answer[$0] != Token.empty
    }
    let queens = answer.indices.filter { answer[$0] == Token.queen }
    let attacked = queens.filter { queen in queens.contains { attacks($0, queen) } }
    let lost = question.indices.filter {
      question[$0] == Token.queen && answer[$0] != Token.queen
    }
    let isPlaced = unclear.isEmpty && queens.count == size
    let found = findings(
      isPlaced, attacked.isEmpty, lost.isEmpty, answer == example.answer)
    if !unclear.isEmpty {
      return .failed(
        "\(unclear.count) cells neither hold a queen nor are empty", cells: unclear,
        findings: found)
    }
    if !lost.isEmpty {
      return .failed("\(lost.count) given queens are gone", cells: lost, findings: found)
    }
    if !attacked.isEmpty {
      return .failed("\(attacked.count) queens are attacked", cells: attacked, findings: found)
    }
    if !isPlaced { return .failed("\(queens.count) of \(size) queens stand", findings: found) }
    return .solved(found)
  }

  private func findings(
    _ placed: Bool, _ peaceful: Bool, _ keeps: Bool, _ label: Bool
  ) -> [Verdict.Finding] {
    [
      .init("placed", placed), .init("peaceful", peaceful), .init("keeps", keeps),
      .init("label-match", label),
    ]
  }

  /// Whether queens on two cells attack each other.
  private func attacks(_ a: Int, _ b: Int) -> Bool {
    let (rows, columns) = (abs(a / size - b / size), abs(a % size - b % size))
    return a != b && (rows == 0 || columns == 0 || rows == columns)
  }
}

extension NQueens: RatedTask, SolvableTask {
  public var allowsSeveralAnswers: Bool { true }

  /// Without guesses; with a guess in some orientation; with more than one in every orientation.
  public var levels: [DifficultyLevel] {
    let all = [
      DifficultyLevel("easy", rating: 0...0), DifficultyLevel("medium", rating: 0.125...1),
      DifficultyLevel("hard", rating: 1.125...1000),
    ]
    // With a fixed number of given queens, not every level can be generated.
    return settings[Self.given] == 0 ? all : []
  }

  /// The mean number of guesses over the eight rotations and reflections; nil if there is no
  /// answer.
  public func rating(of question: [UInt8]) -> Double? {
    guard board(question) != nil else { return nil }
    var guesses = 0
    for symmetry in symmetries {
      guard let board = board(symmetry.applied(to: question)) else { return nil }
      let search = QueenSearch(board, limit: 1)
      guard search.count > 0 else { return nil }
      guesses += search.guesses
    }
    return Double(guesses) / Double(symmetries.count)
  }

  /// The answer found by guessing the leftmost places first.
  public func solve(_ question: [UInt8]) -> Solution {
    guard let board = board(question) else {
      return .invalid("a board of \(grid) holds only \".\" and queens that attack no other")
    }
    let search = QueenSearch(board, limit: 2)
    guard let columns = search.first else { return .none }
    return search.count == 1 ? .unique(tokens(columns)) : .several(tokens(columns))
  }

  /// The answer of `solve`, without searching for a second one.
  func answer(to question: [UInt8]) -> [UInt8]? {
    board(question).flatMap { QueenSearch($0, limit: 1).first }.map { tokens($0) }
  }

  /// The board of a question; nil if it is not a question, or its queens attack each other.
  func board(_ question: [UInt8]) -> QueenBoard? {
    guard question.count == grid.cells,
      question.allSatisfy({ $0 == Token.open || $0 == Token.queen })
    else { return nil }
    var board = QueenBoard(size: size)
    for cell in question.indices where question[cell] == Token.queen {
      let (row, column) = (cell / size, cell % size)
      guard board.allows(row: row, column: column) else { return nil }
      board.place(row: row, column: column)
    }
    return board
  }

  /// A full board with queens in these columns, row by row.
  func tokens(_ columns: [Int]) -> [UInt8] {
    (0..<grid.cells).map { columns[$0 / size] == $0 % size ? Token.queen : Token.empty }
  }
}
