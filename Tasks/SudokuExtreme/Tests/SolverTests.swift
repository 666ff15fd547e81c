import Gym
import GymTestSupport
import SudokuExtreme
import Testing

@Suite struct SolverTests {
  /// The example of the Sudoku article in the English Wikipedia.
  static let known = (
    question: "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    answer: "534678912672195348198342567859761423426853791713924856961537284287419635345286179"
  )

  @Test("A puzzle with a known answer is solved")
  func solvesAKnownPuzzle() throws {
    let task = try makeSudoku()
    let question = try task.vocabulary.tokens(Self.known.question)
    #expect(task.solve(question) == .unique(try task.vocabulary.tokens(Self.known.answer)))
    #expect(task.rating(of: question) == 0)
  }

  @Test("Puzzles with several, no, and contradictory solutions are told apart")
  func tellsSeveralNoneAndInvalid() throws {
    let task = try makeSudoku()
    guard case .several(let answer) = task.solve([UInt8](repeating: 1, count: 81)) else {
      Issue.record("the empty board has several solutions")
      return
    }
    let empty = Example(question: [UInt8](repeating: 1, count: 81), answer: [])
    #expect(task.verify(answer, for: empty).isSolved)

    // Row 1 needs a 9 in column 9, where the box has one below.
    let none = "12345678." + ".........".dropLast() + "9" + String(repeating: ".", count: 63)
    #expect(task.solve(try task.vocabulary.tokens(none)) == .none)

    let twice = "11" + String(repeating: ".", count: 79)
    #expect(task.solve(try task.vocabulary.tokens(twice)).isInvalid)
    #expect(task.solve([]).isInvalid)
    #expect(task.solve([UInt8](repeating: 200, count: 81)).isInvalid)
    #expect(task.rating(of: try task.vocabulary.tokens(twice)) == nil)
    #expect(task.rating(of: empty.question) == nil)
  }

  @Test(
    "Released puzzles have one solution, which is their answer",
    .enabled(if: SharedData.has("sudoku")), arguments: ["train", "test"])
  func realAnswersAreRightAndUnique(split: String) throws {
    let task = try makeSudoku()
    let puzzles = try realPuzzles(split)
    #expect(!puzzles.isEmpty)
    for example in puzzles {
      #expect(task.verify(example.answer, for: example).isSolved)
      #expect(task.solve(example.question) == .unique(example.answer))
    }
  }

  /// Boards with no, one and several solutions: the fast solver counts what the plain one does.
  @Test("The fast solver counts the same solutions as the plain one")
  func fastSolverAgreesWithPlainOne() throws {
    let geometry = try #require(BoardGeometry(size: 9))
    let (fast, plain) = (Solver(geometry: geometry), BoardSearch(geometry: geometry))
    var tally: [Int: Int] = [:]
    for (index, board) in try randomBoards(10_000, seed: 11).enumerated() {
      let expected = plain.solutions(of: board, limit: 5)
      let found = fast.solutions(of: board, limit: 5)
      #expect(found.count == expected.count, "seed 11, board \(index): \(board)")
      if expected.count == 1 { #expect(found.answer == expected.answer) }
      tally[expected.count, default: 0] += 1
      if index % 4 == 0, let cell = board.firstIndex(of: 0) {
        let excluded = Exclusion(cell: cell, value: UInt8(index / 4 % 9 + 1))
        #expect(
          fast.solutions(of: board, excluding: excluded, limit: 3).count
            == plain.solutions(of: board, excluding: excluded, limit: 3).count,
          "seed 11, board \(index) without \(excluded)")
      }
    }
    for count in 0...5 { #expect(tally[count, default: 0] > 50, "\(tally)") }
  }

  @Test("The solver stops at its limit of guesses")
  func guessLimitIsKept() throws {
    let geometry = try #require(BoardGeometry(size: 9))
    let empty = [UInt8](repeating: 0, count: 81)
    let outcome = Solver(geometry: geometry).solutions(of: empty, limit: 2, guessLimit: 3)
    #expect(outcome.isExhausted && outcome.guesses <= 3)
  }

  /// Puzzles with clues removed, moved and changed.
  private func randomBoards(_ count: Int, seed: UInt64) throws -> [[UInt8]] {
    let task = try makeSudoku(9, ["rating-permutations": "1"])
    var random = RandomStream(seed: seed, "boards")
    return try examples(task, count: count / 10, seed: seed).flatMap { example -> [[UInt8]] in
      (0..<10).map { variant in
        var board = example.question.map { $0 - 1 }
        let clues = board.indices.filter { board[$0] != 0 }
        for _ in 0..<variant % 3 {
          if let cell = random.element(of: clues) { board[cell] = 0 }
        }
        for _ in 0..<variant % 5 / 2 {
          let cell = random.below(81)
          board[cell] = variant < 5 ? UInt8(1 + random.below(9)) : example.answer[cell] - 1
        }
        return board
      }
    }
  }
}

extension Solution {
  var isInvalid: Bool {
    if case .invalid = self { return true }
    return false
  }
}
