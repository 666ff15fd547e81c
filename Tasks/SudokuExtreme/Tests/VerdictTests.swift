import Gym
import SudokuExtreme
import Testing

@Suite struct VerdictTests {
  @Test("Any changed cell makes an answer wrong", arguments: [4, 6, 9])
  func changedAnswersAreWrong(size: Int) throws {
    let task = try makeSudoku(size)
    var random = RandomStream(seed: 43, "verdicts")
    for example in try examples(task, count: 20, seed: 43) {
      #expect(task.verify(example.answer, for: example).isSolved)
      for _ in 0..<50 {
        var answer = example.answer
        let cell = random.below(answer.count)
        answer[cell] = UInt8(random.below(256))
        if answer == example.answer { continue }
        let verdict = task.verify(answer, for: example)
        #expect(!verdict.isSolved && verdict.problem != nil)
        #expect(verdict.wrongCells.contains(cell), "seed 43: \(answer[cell]) in cell \(cell)")
        #expect(verdict.findings.map(\.name) == ["complete", "clues-kept", "valid"])
      }
      #expect(!task.verify(example.question, for: example).isSolved)
      #expect(!task.verify([], for: example).isSolved)
      #expect(!task.verify(example.answer, for: Example(question: [], answer: [])).isSolved)
    }
  }

  @Test("A verdict names the first problem")
  func namesTheFirstProblem() throws {
    let task = try makeSudoku(4)
    let example = Example(
      question: try task.vocabulary.tokens("1..............."), answer: [])
    func problem(_ text: String) throws -> String? {
      task.verify(try task.vocabulary.tokens(text), for: example).problem
    }
    #expect(try problem("1234341221434321") == nil)
    #expect(try problem("2134341212434321") == "row 1, column 1 does not keep the clue 1")
    #expect(try problem("1134341221434321") == "row 1 holds 1 twice")
    #expect(try problem("12343412.1434321") == "row 3, column 1 holds no digit")
  }

  @Test("If a question has several solutions, each of them is right")
  func anyCompletionOfAnOpenQuestionCounts() throws {
    let task = try makeSudoku(4)
    let open = Example(question: [UInt8](repeating: 1, count: 16), answer: [])
    for text in ["1234341221434321", "1234341243212143"] {
      #expect(task.verify(try task.vocabulary.tokens(text), for: open).isSolved)
    }
  }

  @Test("A drawing distinguishes given, answered and wrong cells")
  func drawingShowsRoles() throws {
    let task = try makeSudoku(6)
    let example = try examples(task, count: 1, seed: 47)[0]
    let drawing = task.draw(example.question, answer: example.answer)
    #expect(drawing.heavyRows == [2, 4] && drawing.heavyColumns == [3])
    for (cell, token) in example.question.enumerated() {
      #expect(drawing.cells[cell].role == (token == 1 ? .answer : .given))
    }
    var wrong = example.answer
    wrong.swapAt(0, 1)
    #expect(task.draw(example.question, answer: wrong).cells[..<2].contains { $0.role == .wrong })
    #expect(task.draw([9, 9], answer: [200]).cells.count == 36)
  }

  @Test("Traces end with the answer", arguments: [4, 6, 9])
  func tracesEndInTheAnswer(size: Int) throws {
    let task = try makeSudoku(size)
    let real = size == 9 ? try realPuzzles("test").prefix(100) : []
    let puzzles = try examples(task, count: 20, seed: 53) + real
    for example in puzzles {
      let steps = try #require(task.trace(of: example.question)).steps
      #expect(steps.first == .init(.question, example.question))
      #expect(steps.last == .init(.answer, example.answer))
      var open: [[UInt8]] = []
      for (before, after) in zip(steps, steps.dropFirst()) {
        switch after.event {
        case .guess:
          #expect(zip(before.tokens, after.tokens).count { $0 != $1 } == 1)
          open.append(before.tokens)
        case .undo: #expect(open.popLast() == after.tokens)
        case .propagation, .answer:
          #expect(zip(before.tokens, after.tokens).allSatisfy { $0 == 1 || $0 == $1 })
        case .question, .frontier: Issue.record("a step of kind \(after.event)")
        }
      }
      // The open ones are the guesses that were right.
      for tokens in open {
        #expect(zip(tokens, example.answer).allSatisfy { $0 == 1 || $0 == $1 })
      }
    }
    #expect(task.trace(of: []) == nil)
    #expect(task.trace(of: [UInt8](repeating: 2, count: size * size)) == nil)
  }
}
