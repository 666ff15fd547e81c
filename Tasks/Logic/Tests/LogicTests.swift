import Foundation
import Gym
import GymTesting
import Logic
import Testing

/// The task with settings as text.
private func logic(_ values: [String: String] = [:]) throws -> Logic {
  var settings = Settings(Logic.settings)
  for (name, text) in values { try settings.set(name, to: text) }
  return try Logic(settings: settings)
}

@Suite struct LogicTests {
  @Test("SAT conforms in every size") func everySizeConforms() {
    let variants: [[String: String]] = [
      [:], ["variables": "4"], ["variables": "12"], ["variables": "6", "clauses": "10"],
    ]
    let report = Conformance.check(Logic.self, variants: variants, effort: .quick)
    #expect(report.isEmpty, "\(report)")
  }

  @Test("The first formula of a seed is the recorded one")
  func theFirstFormulaOfASeedStaysTheSame() throws {
    let task = try logic(["variables": "4"])
    var random = RandomStream(key: RandomKey(seed: 1), stream: 0)
    let example = try task.generate(GenerationRequest(), using: &random)
    #expect(
      task.vocabulary.text(example.question)
        == "****_____________CDdAcCCCaCADCBBDcBAcbBDdaCacABddcaABACAbbBDbbbDaAAd")
    #expect(
      task.vocabulary.text(example.answer)
        == "AbCd________________________________________________________________")
  }

  /// Every assignment is judged; the answers are counted, and the solver finds the first.
  @Test("The solver agrees with trying every assignment", arguments: [4, 6, 7, 9])
  func theSolverAgreesWithAllAssignments(_ variables: Int) throws {
    let task = try logic(["variables": "\(variables)"])
    for index in 0..<6 as Range<UInt64> {
      var random = RandomStream(key: RandomKey(seed: 2), stream: index)
      let example = try task.generate(GenerationRequest(), using: &random)
      var answers: [[UInt8]] = []
      for row in 0..<1 << variables {
        var answer = example.question
        // The first variable changes slowest, and true comes before false.
        for variable in 0..<variables {
          let bit = row >> (variables - 1 - variable) & 1
          answer[variable] = UInt8(2 + 2 * variable + bit)
        }
        if task.verify(answer, for: example).isSolved { answers.append(answer) }
      }
      let bits = Double(variables) - log2(Double(answers.count))
      #expect(example.rating == bits, "stream \(index)")
      #expect(task.counts(of: example.question) == ["answers": UInt64(answers.count)])
      #expect(answers.first?.prefix(variables) == example.answer.prefix(variables))
      if case .unique = task.solve(example.question) {
        #expect(answers.count == 1)
      } else {
        #expect(answers.count > 1, "stream \(index)")
      }
    }
  }

  @Test("An unsatisfiable formula has no answer")
  func aFormulaWithoutAnswersHasNone() throws {
    let task = try logic(["variables": "4", "clauses": "8"])
    let question = try task.vocabulary.tokens(
      "****____" + "aaaaAAAA" + "bbBBbbBB" + "cCcCcCcC")
    #expect(task.solve(question) == .none)
    #expect(task.rating(of: question) == nil && task.trace(of: question) == nil)
    // One clause fewer: a, b and c are forced, and d is free.
    var open = question
    for row in 1...3 { open[row * 8 + 7] = 0 }
    #expect(task.rating(of: open) == 3)
    guard case .several(let answer) = task.solve(open) else {
      Issue.record("no answer")
      return
    }
    #expect(task.vocabulary.text(answer) == "abcd" + String(repeating: "_", count: 28))
  }

  @Test(
    "Questions that are not formulas are rejected by solver and verifier",
    arguments: [
      "****____aaaaAAAAbbBBbbBBcCcCcCc_", "***_____aaaaAAAAbbBBbbBBcCcCcCcC",
      "****____aaaaAAAAbbBBbbBBaCcCcCcC", "****____aaaaAAAAbbBBbbBB*CcCcCcC",
    ])
  func questionsThatAreNoFormulasAreRefused(_ text: String) throws {
    let task = try logic(["variables": "4", "clauses": "8"])
    guard case .invalid = task.solve(try task.vocabulary.tokens(text)) else {
      Issue.record("\(text) is solved")
      return
    }
  }

  @Test("A verdict names the clauses that are false")
  func aVerdictNamesTheClausesThatAreFalse() throws {
    let task = try logic(["variables": "4", "clauses": "4"])
    let question = try task.vocabulary.tokens("****" + "aAbB" + "bBcC" + "cCdD")
    let right = try task.vocabulary.tokens("aBcD____________")
    let example = Example(question: question, answer: right)
    // Tokens outside the question's cells are ignored.
    for filler in [0, 3, 255] as [UInt8] {
      let answer = Array(right.prefix(4)) + [UInt8](repeating: filler, count: 12)
      let verdict = task.verify(answer, for: example)
      #expect(verdict.isSolved && verdict.findings.allSatisfy { $0.holds })
    }
    let verdict = task.verify(
      try task.vocabulary.tokens("abcd****************".prefix(16)), for: example)
    #expect(verdict.problem == "2 of 4 clauses are false")
    #expect(verdict.wrongCells == [5, 9, 13, 7, 11, 15])
    let swapped = try task.vocabulary.tokens("baCD____________")
    #expect(task.verify(swapped, for: example).wrongCells == [0, 1])
  }

  /// Of 28 different clauses over four variables, an assignment can make all true; of 29, none.
  @Test("More clauses than can be true together are refused at once, without a wish for a rating")
  func tooManyClausesAreRefused() throws {
    let task = try logic(["variables": "4", "clauses": "80"])
    var random = RandomStream(key: RandomKey(seed: 5), stream: 0)
    var untouched = random
    let error = #expect(throws: GymError.self) {
      try task.generate(GenerationRequest(), using: &random)
    }
    #expect(error?.description.contains("80 clauses and 4 variables") == true)
    let (next, expected) = (random.next(), untouched.next())
    #expect(next == expected, "it searched")
    // With a wish, formulas may have fewer clauses than columns.
    let easy = try task.generate(GenerationRequest(rating: 0...2), using: &random)
    #expect(task.verify(easy.answer, for: easy).isSolved)
  }

  /// Near the threshold few formulas are satisfiable, and those that are have few answers.
  @Test("Formulas with more clauses per variable are rated harder")
  func moreClausesAreHarder() throws {
    let ratings = try ["10", "20", "30", "40"].map { clauses in
      let task = try logic(["clauses": clauses])
      return try (0..<20 as Range<UInt64>).reduce(0.0) { sum, index in
        var random = RandomStream(key: RandomKey(seed: 3), stream: index)
        return sum + (try task.generate(GenerationRequest(), using: &random).rating ?? 0) / 20
      }
    }
    print("mean bits of 8 variables by clauses 10, 20, 30, 40: \(ratings), seed 3")
    #expect(zip(ratings, ratings.dropFirst()).allSatisfy { $0 + 0.5 < $1 })
  }

  @Test("The trace shows propagation and guesses")
  func theTracePropagatesAndGuesses() throws {
    let task = try logic()
    var random = RandomStream(seed: 4, "trace")
    let example = try task.generate(GenerationRequest(), using: &random)
    let trace = try #require(task.trace(of: example.question))
    #expect(trace.steps.count > 2, "seed 4")
    for (before, after) in zip(trace.steps, trace.steps.dropFirst()) {
      let open = [before, after].map { $0.tokens.count { $0 == 1 } }
      switch after.event {
      case .guess: #expect(open[1] == open[0] - 1)
      case .propagation: #expect(open[1] < open[0])
      case .undo: #expect(open[1] > open[0])
      default: #expect(open[1] == 0, "seed 4")
      }
    }
  }
}
