import Gym
import GymTestSupport
import SudokuExtreme
import Testing

@Suite struct GenerationTests {
  @Test(
    "Generated puzzles have one solution and no redundant clue",
    arguments: [(4, 200), (6, 100), (9, 200)])
  func puzzlesAreUniqueAndMinimal(size: Int, count: Int) throws {
    let task = try makeSudoku(size)
    for example in try examples(task, count: count, seed: 3) {
      #expect(task.verify(example.answer, for: example).isSolved)
      #expect(task.solve(example.question) == .unique(example.answer))
      #expect(example.rating == task.rating(of: example.question))
      for cell in example.question.indices where example.question[cell] != 1 {
        var fewer = example.question
        fewer[cell] = 1
        guard case .several = task.solve(fewer) else {
          Issue.record("seed 3: cell \(cell) of \(example.question) is a spare clue")
          return
        }
      }
    }
  }

  @Test("Generated 16×16 puzzles have one solution")
  func largeBoardsAreUnique() throws {
    let task = try makeSudoku(16, ["clues": "140", "rating-permutations": "2"])
    for example in try examples(task, count: 3, seed: 5) {
      #expect(example.question.count { $0 != 1 } == 140)
      #expect(task.solve(example.question) == .unique(example.answer))
    }
  }

  @Test(
    "Puzzles have the requested number of clues",
    arguments: [(4, 5), (4, 15), (6, 12), (9, 23), (9, 30), (9, 80)])
  func wantedNumberOfClues(size: Int, clues: Int) throws {
    let task = try makeSudoku(size, ["clues": "\(clues)"])
    for example in try examples(task, count: 5, seed: 7) {
      #expect(example.question.count { $0 != 1 } == clues)
      #expect(task.solve(example.question) == .unique(example.answer))
    }
  }

  @Test("Puzzles have the requested ratings")
  func wantedRatings() throws {
    let task = try makeSudoku()
    for wanted in [0.0...0, 1...2, 5...7, 12...1000] {
      for example in try examples(task, count: 2, seed: 9, rating: wanted) {
        let rating = try #require(task.rating(of: example.question))
        #expect(wanted.contains(rating) && example.rating == rating)
        #expect(task.solve(example.question) == .unique(example.answer))
      }
    }
  }

  @Test("Hard puzzles are minimal, and no two come from the same full board")
  func hardPuzzlesAreMinimalAndEachOfABoardOfItsOwn() throws {
    let task = try makeSudoku()
    for (wanted, count) in [(20.0...1000, 6), (10.0...12, 2), (30.0...35, 2)] {
      let found = try examples(task, count: count, seed: 15, rating: wanted)
      for example in found {
        let rating = try #require(task.rating(of: example.question))
        #expect(wanted.contains(rating) && example.rating == rating, "seed 15: \(rating)")
        #expect(task.solve(example.question) == .unique(example.answer))
        for cell in example.question.indices where example.question[cell] != 1 {
          var fewer = example.question
          fewer[cell] = 1
          guard case .several = task.solve(fewer) else {
            Issue.record("seed 15: cell \(cell) of \(example.question) is a spare clue")
            return
          }
        }
      }
      // Boards are told apart up to symmetry.
      #expect(Set(found.map { task.canonicalForm(of: $0.answer) }).count == count)
      #expect(try examples(task, count: count, seed: 15, rating: wanted) == found)
    }
  }

  @Test("An impossible request ends with an error")
  func impossibleWishesEnd() throws {
    #expect(throws: GymError.self) { try makeSudoku(9, ["clues": "16"]) }
    #expect(throws: GymError.self) { try makeSudoku(4, ["clues": "16"]) }
    #expect(throws: GymError.self) { try makeSudoku(5) }
    // On large boards the search would go on for minutes.
    #expect(throws: GymError.self) { try makeSudoku(16, ["clues": "90"]) }
    let large = try makeSudoku(16)
    #expect(throws: GymError.self) { try examples(large, count: 1, seed: 1, rating: 5...9) }
    let task = try makeSudoku(4)
    #expect(throws: GymError.self) { try examples(task, count: 1, seed: 1, rating: 50...60) }
    #expect(throws: GymError.self) { try examples(task, count: 1, seed: 1, rating: -5...(-1)) }
  }

  @Test("The same random stream gives the same puzzle")
  func sameStreamSamePuzzle() throws {
    for size in [4, 6, 9] {
      let task = try makeSudoku(size)
      let first = try examples(task, count: 20, seed: 13)
      #expect(try examples(task, count: 20, seed: 13) == first)
      #expect(Set(first.map(\.question)).count > 15)
    }
  }

  /// What a stream gives is part of the task's version: a change here is a new version.
  @Test("A recorded stream gives the recorded puzzles")
  func puzzlesOfAKnownStream() throws {
    let task = try makeSudoku()
    let first = try examples(task, count: 2, seed: 2025)
    #expect(
      first.map { task.vocabulary.text($0.question) } == [
        ".158..3....3...48.4.9.6.....5..2.........4...6...3.7......5.638..2....9......7..2",
        ".79..1...1.8...7..5.4.....2...4..3....59...8.8................9...5.2...7..39.564",
      ])
  }

  @Test(
    "Ratings correlate with those of the released puzzles",
    .enabled(if: SharedData.has("sudoku/test.csv")))
  func ratingFollowsRealRatings() throws {
    let task = try makeSudoku()
    let real = try realPuzzles("test").prefix(250)
    #expect(real.count == 250)
    let own = try real.map { try #require(task.rating(of: $0.question)) }
    #expect(rankCorrelation(own, real.map { $0.rating ?? 0 }) > 0.75)
  }
}
