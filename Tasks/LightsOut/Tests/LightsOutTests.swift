import Gym
import GymTesting
import LightsOut
import Testing

/// The task at a size.
private func lightsOut(_ size: Int) throws -> LightsOut {
  var settings = Settings(LightsOut.settings)
  try settings.set("size", to: "\(size)")
  return try LightsOut(settings: settings)
}

@Suite struct LightsOutTests {
  @Test("Lights Out conforms in every size") func everySizeConforms() {
    let variants = ["3", "4", "5", "7", "9", "16"].map { ["size": $0] }
    let report = Conformance.check(LightsOut.self, variants: variants, effort: .quick)
    #expect(report.isEmpty, "\(report)")
  }

  /// The first board of a seed stays the same; a change of the generator needs a new version.
  @Test("The first board of a seed is the recorded one")
  func theFirstBoardOfASeedStaysTheSame() throws {
    let task = try lightsOut(4)
    var random = RandomStream(key: RandomKey(seed: 1), stream: 0)
    let example = try task.generate(GenerationRequest(), using: &random)
    #expect(task.vocabulary.text(example.question) == "*..*.**.****.**.")
    #expect(task.vocabulary.text(example.answer) == "----x--xx--xx--x")
  }

  /// Every set of presses of a 3×3 and a 4×4 board is tried.
  @Test(
    "The solver finds the fewest presses on every small board",
    arguments: [(3, 512, 9), (4, 4096, 7)])
  func theSolverFindsTheFewestPresses(_ size: Int, _ solvable: Int, _ most: Int) throws {
    let task = try lightsOut(size)
    let cells = size * size
    let masks = (0..<cells).map { mask($0, size) }
    var fewest = [0: 0]
    // Each set of presses is an earlier one plus its lowest press.
    var boards = [Int](repeating: 0, count: 1 << cells)
    for presses in 1..<1 << cells {
      let lights = boards[presses & (presses - 1)] ^ masks[presses.trailingZeroBitCount]
      boards[presses] = lights
      fewest[lights] = min(fewest[lights] ?? .max, presses.nonzeroBitCount)
    }
    #expect(fewest.count == solvable)
    #expect(fewest.values.max() == most)
    for lights in stride(from: 1, to: 1 << cells, by: size == 3 ? 1 : 97) {
      let question = (0..<cells).map { UInt8(lights >> $0 & 1) + 1 }
      #expect(task.rating(of: question) == fewest[lights].map { Double($0) }, "lights \(lights)")
    }
  }

  private func mask(_ cell: Int, _ size: Int) -> Int {
    let (row, column) = (cell / size, cell % size)
    return (0..<size * size).reduce(0) { sum, other in
      abs(other / size - row) + abs(other % size - column) <= 1 ? sum | 1 << other : sum
    }
  }

  /// The presses that put out a board with all lights on: OEIS A075462.
  @Test("The all-lights-on boards need the known numbers of presses")
  func allLightsOnNeedAsManyPressesAsIsKnown() throws {
    for (size, presses) in zip(3...9, [5, 4, 15, 28, 33, 40, 25]) {
      let task = try lightsOut(size)
      #expect(task.rating(of: [UInt8](repeating: 2, count: size * size)) == Double(presses))
    }
  }

  /// Sizes with quiet patterns: OEIS A159257.
  @Test("Several answers are allowed exactly on the sizes with quiet patterns")
  func severalAnswersAreAllowedWhereQuietPatternsExist() throws {
    let sizes = try (3...16).filter { try lightsOut($0).allowsSeveralAnswers }
    #expect(sizes == [4, 5, 9, 11, 14, 16])
  }

  @Test("Every board has a level")
  func everyBoardHasALevel() throws {
    for size in [3, 7, 8] {
      let task = try lightsOut(size)
      // All lights on: up to two thirds of the cells are pressed.
      let rating = try #require(task.rating(of: [UInt8](repeating: 2, count: size * size)))
      #expect(task.levels.contains { $0.rating.contains(rating) }, "size \(size)")
    }
  }

  @Test("An answer with more presses than needed is right but not minimal")
  func aLongerAnswerIsRightButNotMinimal() throws {
    let task = try lightsOut(5)
    // A quiet pattern of 5×5, and the one light that no press can change alone.
    let quiet = try task.vocabulary.tokens("x-x-xx-x-x-----x-x-xx-x-x")
    let question = try task.vocabulary.tokens("**...*...................")
    guard case .several(let answer) = task.solve(question) else {
      Issue.record("the corner's lights are not put out")
      return
    }
    let example = Example(question: question, answer: answer)
    let longer = zip(answer, quiet).map { $0 == $1 ? UInt8(3) : 4 }
    let (first, second) = (task.verify(answer, for: example), task.verify(longer, for: example))
    #expect(first.isSolved && first.findings.allSatisfy { $0.holds })
    #expect(second.isSolved && !second.findings.contains { $0.holds })
    var dark = [UInt8](repeating: 1, count: 25)
    dark[0] = 2
    #expect(task.solve(dark) == .none)
  }

  @Test("The trace presses row by row, as in light chasing")
  func theTraceChasesTheLights() throws {
    let task = try lightsOut(6)
    var random = RandomStream(seed: 3, "trace")
    let example = try task.generate(GenerationRequest(), using: &random)
    let steps = try #require(task.trace(of: example.question)).steps
    #expect(steps.count == 7)
    for (row, step) in steps.enumerated().dropFirst(2) where row < 6 {
      // Presses reach one row below themselves; further down, nothing changes.
      #expect(step.tokens[..<(row * 6)].allSatisfy { $0 > 2 }, "seed 3")
      #expect(step.tokens[((row + 1) * 6)...] == example.question[((row + 1) * 6)...], "seed 3")
    }
    #expect(steps.last?.tokens == example.answer)
  }

  @Test("A rating that no board can have is rejected")
  func wishesThatCannotBeMetAreRefused() throws {
    let task = try lightsOut(5)
    for wish in [16...25, 0...0.5, 3.2...3.8, -.infinity ... -1, 26 ... .infinity]
      as [ClosedRange<Double>]
    {
      var random = RandomStream(seed: 1, "wish")
      #expect(throws: GymError.self) {
        try task.generate(GenerationRequest(rating: wish), using: &random)
      }
    }
  }
}
