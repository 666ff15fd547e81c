import Gym
import GymTesting
import NQueens
import Testing

/// The task with settings as text.
private func queens(_ values: [String: String] = [:]) throws -> NQueens {
  var settings = Settings(NQueens.settings)
  for (name, text) in values { try settings.set(name, to: text) }
  return try NQueens(settings: settings)
}

@Suite struct NQueensTests {
  @Test("N-Queens conforms in every size") func everySizeConforms() {
    let variants: [[String: String]] = [
      [:], ["size": "7"], ["size": "12"], ["size": "16"], ["given": "3"],
      ["size": "10", "given": "8"],
    ]
    let report = Conformance.check(NQueens.self, variants: variants, effort: .quick)
    #expect(report.isEmpty, "\(report)")
  }

  @Test("The first board of a seed is the recorded one")
  func theFirstBoardOfASeedStaysTheSame() throws {
    let task = try queens(["size": "7"])
    var random = RandomStream(key: RandomKey(seed: 1), stream: 0)
    let example = try task.generate(GenerationRequest(), using: &random)
    #expect(
      task.vocabulary.text(example.question)
        == "............................................Q....")
    #expect(
      task.vocabulary.text(example.answer)
        == "------Q---Q---Q----------Q---Q----------Q---Q----")
  }

  /// All boards of 7 and 8 queens, row by row without deduction: 40 and 92 are the known counts.
  @Test(
    "The solver agrees with the list of all solutions of 7 and 8 queens",
    arguments: [(7, 40), (8, 92)])
  func theSolverAgreesWithAllBoards(_ size: Int, _ known: Int) throws {
    let task = try queens(["size": "\(size)"])
    var boards: [[Int]] = []
    func place(_ columns: [Int]) {
      if columns.count == size { return boards.append(columns) }
      for column in 0..<size {
        let isFree = columns.enumerated().allSatisfy { row, other in
          other != column && abs(other - column) != columns.count - row
        }
        if isFree { place(columns + [column]) }
      }
    }
    place([])
    #expect(boards.count == known)
    var isAnswered: Set<Bool> = []
    for index in 0..<60 as Range<UInt64> {
      var random = RandomStream(key: RandomKey(seed: 4), stream: index)
      // Queens from two boards, so that some questions have no answer.
      let sources = [boards[random.below(known)], boards[random.below(known)]]
      var question = [UInt8](repeating: 1, count: size * size)
      for row in random.shuffled(Array(0..<size)).prefix(random.below(4)) {
        question[row * size + sources[random.below(2)][row]] = 3
      }
      let answers = boards.count { columns in
        question.indices.allSatisfy { question[$0] == 1 || columns[$0 / size] == $0 % size }
      }
      isAnswered.insert(answers > 0)
      switch task.solve(question) {
      case .unique(let answer):
        #expect(answers == 1, "stream \(index)")
        let example = Example(question: question, answer: answer)
        #expect(task.verify(answer, for: example).isSolved)
      case .several: #expect(answers > 1, "stream \(index)")
      case .none, .invalid: #expect(answers == 0, "stream \(index)")
      case .unsupported: Issue.record("the solver is gone")
      }
    }
    #expect(isAnswered == [false, true], "questions with and without answers occur")
  }

  @Test("A verdict names the first problem")
  func aVerdictNamesTheFirstProblem() throws {
    let task = try queens()
    var random = RandomStream(seed: 2, "verdict")
    let example = try task.generate(GenerationRequest(), using: &random)
    let given = try #require(example.question.firstIndex(of: 3))
    let empty = try #require(example.answer.firstIndex(of: 2))
    var (lost, attacked, unclear) = (example.answer, example.answer, example.answer)
    lost[given] = 2
    attacked[empty] = 3
    unclear[empty] = 1
    for (answer, text) in [
      (lost, "given queens are gone"), (attacked, "queens are attacked"),
      (unclear, "neither hold a queen nor are empty"), ([3], "1 cells"),
    ] {
      let verdict = task.verify(answer, for: example)
      #expect(!verdict.isSolved && verdict.problem?.contains(text) == true)
    }
    #expect(task.verify(example.answer, for: example).findings.allSatisfy { $0.holds })
  }

  @Test("Puzzles of the level easy need no guess, those of other levels some")
  func levelsHoldWhatTheyName() throws {
    let task = try queens()
    for level in task.levels {
      var random = RandomStream(seed: 5, level.name)
      let example = try task.generate(GenerationRequest(rating: level.rating), using: &random)
      let guesses = try #require(task.trace(of: example.question)).steps.count {
        $0.event == .guess
      }
      // The trace searches one of the eight copies over which the rating is averaged.
      #expect(level.name != "easy" || guesses == 0)
      #expect(level.name == "easy" || example.rating != 0)
    }
    #expect(throws: GymError.self) { try queens(["size": "8", "given": "7"]) }
  }
}
