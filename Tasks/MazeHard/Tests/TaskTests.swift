import Gym
import MazeHard
import Testing

@Suite struct TaskTests {
  @Test("The first maze of a seed is the recorded one")
  func theFirstMazeOfASeedStaysTheSame() throws {
    let task = try maze(["size": "9"])
    var random = RandomStream(key: RandomKey(seed: 1), stream: 0)
    let example = try task.generate(GenerationRequest(), using: &random)
    #expect(
      task.vocabulary.text(example.answer)
        == "#  ###  #  # #    ## ### ##S  ### ##oo ##  # #o  # # # o#  #   #ooooooG  #   ##  ")
  }

  @Test("Impossible settings are rejected with what to change")
  func impossibleSettingsSayWhatToDo() throws {
    for (values, text) in [
      (["min-path": "120", "max-path": "110"], "min-path below max-path"),
      (["size": "5", "min-path": "20"], "the steps that fit into 5×5"),
      (["size": "5", "kind": "unique", "min-path": "16"], "less than 16"),
      (["kind": "unique", "min-path": "100", "max-path": "101"], "an even length"),
    ] {
      let error = #expect(throws: GymError.self) { try maze(values) }
      #expect(error.map { "\($0)" }?.contains(text) == true, "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("A search for a maze that does not exist ends with an error")
  func aSearchWithoutEndIsGivenUp() throws {
    let sampler = PercolationSampler(
      size: 5, lengths: 16...25, pairs: 5, patience: 2000)
    var random = RandomStream(seed: 1, "patience")
    #expect(throws: GymError.self) { try sampler.sampleByCounting(using: &random) }
    #expect(throws: GymError.self) { try sampler.sampleByTrial(using: &random) }
  }

  @Test("A requested rating outside the path lengths of the settings is rejected")
  func wantedRatingsOutsideTheSettingsAreRefused() throws {
    let task = try maze()
    var random = RandomStream(seed: 1, "ratings")
    for rating in [0...110, 901...1e300, -.infinity ... -1, 120.2...120.8] as [ClosedRange<Double>]
    {
      #expect(throws: GymError.self) {
        try task.generate(GenerationRequest(rating: rating), using: &random)
      }
    }
    let unique = try maze(["kind": "unique"])
    #expect(throws: GymError.self) {
      try unique.generate(GenerationRequest(rating: 111...111), using: &random)
    }
  }

  @Test("Questions that are not mazes are rejected")
  func questionsThatAreNoMazesAreRefused() throws {
    let task = try maze(["size": "5"])
    for text in [
      "S   G", "SS  G####################", "S    ####################",
      "S  oG####################", "_S  G####################",
    ] {
      let tokens = try task.vocabulary.tokens(text)
      guard case .invalid = task.solve(tokens) else {
        Issue.record("\(text) is solved")
        continue
      }
      #expect(!task.verify(tokens, for: Example(question: tokens, answer: tokens)).isSolved)
      #expect(task.trace(of: tokens) == nil && task.rating(of: tokens) == nil)
    }
  }

  @Test("The trace spreads from the start and then keeps the path")
  func theTraceSpreadsAndThenKeepsThePath() throws {
    let task = try maze()
    var random = RandomStream(seed: 2, "trace")
    let example = try task.generate(GenerationRequest(), using: &random)
    let steps = try #require(task.trace(of: example.question)).steps
    #expect(steps.count == 32)
    let marks = steps.map { $0.tokens.count { $0 == 5 } }
    #expect(zip(marks.dropLast(), marks.dropFirst().dropLast()).allSatisfy { $0 < $1 })
    #expect(steps.last?.tokens == example.answer)
  }

  @Test("A drawing shows the path of the answer and its faults")
  func aDrawingShowsWhatAnAnswerDoes() throws {
    let task = try maze(["size": "5"])
    let question = try task.vocabulary.tokens("S   G# # #     #####     ".prefix(25))
    var answer = try task.vocabulary.tokens("SoooG# # #     #####     ".prefix(25))
    answer[5] = 5
    answer[24] = 77
    let drawing = task.draw(question, answer: answer)
    #expect(
      [0, 1, 4, 5, 6, 7, 24].map { drawing.cells[$0].role }
        == [.start, .path, .goal, .wrong, .blank, .wall, .wrong])
    #expect(task.draw(question, answer: nil).cells[1].role == .blank)
  }
}
