import Gym
import SudokuExtreme
import Testing

@Suite(.serialized) struct SymmetryTests {
  @Test("A symmetry maps valid puzzles to valid puzzles", arguments: [4, 6, 9])
  func symmetriesKeepPuzzles(size: Int) throws {
    let task = try makeSudoku(size)
    var random = RandomStream(seed: 17, "symmetries")
    for example in try examples(task, count: 100, seed: 17) {
      let symmetry = task.randomSymmetry(using: &random)
      let moved = task.transform(example, by: symmetry)
      #expect(task.solve(moved.question) == .unique(moved.answer))
      #expect(task.transform(moved, by: symmetry.inverse) == example)
      let next = task.randomSymmetry(using: &random)
      #expect(
        task.transform(moved, by: next) == task.transform(example, by: symmetry.then(next)))
    }
  }

  /// On 4×4 the whole group is small enough to meet every element: 4!·2·(2·2·2)² = 3072.
  @Test("Random symmetries reach every element of the group")
  func everySymmetryIsDrawn() throws {
    let task = try makeSudoku(4)
    var random = RandomStream(seed: 19, "group")
    let drawn = Set((0..<40_000).map { _ in task.randomSymmetry(using: &random) })
    #expect(drawn.count == 3072)
  }

  @Test("All symmetric copies of a puzzle have the same canonical form", arguments: [4, 6, 9])
  func copiesShareTheirForm(size: Int) throws {
    let task = try makeSudoku(size)
    var random = RandomStream(seed: 23, "forms")
    for example in try examples(task, count: 60, seed: 23) {
      for board in [example.question, example.answer] {
        let form = try #require(task.canonicalForm(of: board))
        #expect(task.canonicalForm(of: form) == form)
        for _ in 0..<3 {
          let copy = task.transform(board, by: task.randomSymmetry(using: &random))
          #expect(task.canonicalForm(of: copy) == form, "seed 23: \(board)")
          #expect(!copy.lexicographicallyPrecedes(form))
        }
      }
    }
  }

  /// Boards with few clues have many symmetries of their own.
  @Test("Boards with few clues have a canonical form, too")
  func sparseBoardsHaveForms() throws {
    let task = try makeSudoku()
    var random = RandomStream(seed: 29, "sparse")
    let answer = try examples(task, count: 1, seed: 29)[0].answer
    for clues in 0...16 {
      var board = [UInt8](repeating: 1, count: 81)
      for cell in random.shuffled(Array(0..<81)).prefix(clues) { board[cell] = answer[cell] }
      let copy = task.transform(board, by: task.randomSymmetry(using: &random))
      #expect(task.canonicalForm(of: board) == task.canonicalForm(of: copy), "\(clues) clues")
    }
    // A clue in every row, column and box.
    let diagonal = (0..<9).map { ($0, $0 % 3 * 3 + $0 / 3) }
    var board = [UInt8](repeating: 1, count: 81)
    for (row, column) in diagonal { board[row * 9 + column] = UInt8(row + 2) }
    let copy = task.transform(board, by: task.randomSymmetry(using: &random))
    #expect(task.canonicalForm(of: board) == task.canonicalForm(of: copy))
  }

  /// 4×4 boards: the form is the least of all that the whole group gives.
  @Test("The canonical form is the least copy under the whole group")
  func formIsLeastOfTheGroup() throws {
    let task = try makeSudoku(4)
    var random = RandomStream(seed: 31, "least")
    let group = Set((0..<40_000).map { _ in task.randomSymmetry(using: &random) })
    for example in try examples(task, count: 10, seed: 31) {
      let least = group.map { task.transform(example.question, by: $0) }
        .min { $0.lexicographicallyPrecedes($1) }
      #expect(task.canonicalForm(of: example.question) == least)
    }
  }

  /// There are two 4×4 full boards up to symmetry, and 49 of 6×6.
  @Test(
    "Inequivalent full boards have different canonical forms",
    arguments: [(4, 2, 50), (6, 49, 3000)])
  func inequivalentBoardsDiffer(size: Int, classes: Int, count: Int) throws {
    let task = try makeSudoku(size, ["clues": "\(size * size - 1)", "rating-permutations": "1"])
    let forms = Set(
      try examples(task, count: count, seed: 37).map { task.canonicalForm(of: $0.answer) })
    #expect(forms.count == classes)
  }

  @Test("Inequivalent puzzles have different canonical forms")
  func inequivalentPuzzlesDiffer() throws {
    let task = try makeSudoku()
    let real = try realPuzzles("test")
    let puzzles = real.isEmpty ? try examples(task, count: 200, seed: 41) : real
    #expect(Set(puzzles.map { task.canonicalForm(of: $0.question) }).count == puzzles.count)
    #expect(try makeSudoku(16).canonicalForm(of: [UInt8](repeating: 1, count: 256)) == nil)
    #expect(task.canonicalForm(of: [2, 2]) == nil)
  }
}
