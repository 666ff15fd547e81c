import Gym
import GymJSON
import GymNeuralAgents
import Testing

/// The symbol-equivariant model: what its axis of symbols promises, and an independent PyTorch
/// version of it (Fixtures/symbol-equivariant/README.md).
@Suite struct SymbolEquivariantTests {
  @Test(
    "Every recorded number of the symbol-equivariant network agrees",
    arguments: ["one-state", "two-states"])
  func everyNumberAgrees(recursion: String) throws {
    let recorded = try RecordedModel("symbol-equivariant", variant: recursion)
    let settings = try recorded.settings(
      SymbolEquivariant.settings,
      sizes: [
        "hidden", "heads", "blocks", "cycles", "updates", "puzzle-width", "expansion",
        "rotary-base",
      ], ["recursion": recursion, "positions": "rotary-2d"])
    let agent = try SymbolEquivariant(
      settings: settings,
      context: AgentContext(
        vocabularyCount: recorded.size("vocabulary"),
        grid: GridShape(rows: recorded.size("rows"), columns: recorded.size("columns")),
        exchangeable: (recorded.sizes["exchangeable"]?.array ?? []).compactMap {
          $0.integer.map(UInt8.init)
        },
        puzzleIdentifiers: recorded.size("identifiers"), batchSize: recorded.size("batch"),
        seed: 1, workers: 2))
    try recorded.expectEqual(
      agent, states: recursion == "one-state" ? ["Z_init"] : ["H_init", "L_init"])
  }

  /// Logits move with a renaming of symbols, and the halting logit stays.
  @Test(
    "Renaming the symbols renames the logits and keeps the halting logit",
    arguments: ["one-state", "two-states"])
  func outputsCommuteWithRenaming(recursion: String) throws {
    try expectRenaming(
      SymbolEquivariant.self,
      ["recursion": recursion, "puzzle-width": "0", "cycles": "2", "updates": "2"])
  }

  @Test("HRM with an axis of symbols commutes with a renaming, and only then says so")
  func hrmCommutesWithRenaming() throws {
    try expectRenaming(HRM.self, ["symbol-axis": "true", "puzzle-width": "0"])
    #expect(try !Toys.agent(HRM.self, ["puzzle-width": "0"]).commutesWithRenaming)
    #expect(try !Toys.agent(HRM.self, ["symbol-axis": "true"]).commutesWithRenaming)
    #expect(throws: GymError.self) {
      try Toys.agent(HRM.self, ["symbol-axis": "true", "memory": "1", "prefix-rows": "2"])
    }
  }

  private func expectRenaming<Network>(
    _ type: NeuralAgent<Network>.Type, _ settings: [String: String]
  ) throws {
    let agent = try Toys.agent(type, settings, exchangeable: [2, 3, 4])
    let names: [UInt8] = [0, 1, 3, 4, 2]
    for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step)) }
    let asked = Toys.batch(7).questions
    let renamed = QuestionBatch(
      cells: asked.cells, questions: asked.questions.map { names[Int($0)] },
      identifiers: asked.identifiers)
    let (a, b) = (try agent.segments(2, of: asked)[1], try agent.segments(2, of: renamed)[1])
    #expect(agent.commutesWithRenaming)
    #expect(zip(a.halting, b.halting).allSatisfy { abs($0 - $1) < 1e-3 })
    for cell in 0..<asked.count * asked.cells {
      for token in 0..<Toys.vocabulary {
        let (x, y) = (
          a.logits[cell * Toys.vocabulary + token],
          b.logits[cell * Toys.vocabulary + Int(names[token])]
        )
        #expect(abs(x - y) < 1e-3, "token \(token) in cell \(cell): \(x) and \(y)")
      }
    }
  }

  /// A rule that holds for every symbol: each cell answers with the token of the next one.
  @Test("It learns a rule that holds for every symbol", arguments: ["f32", "bf16"])
  func learnsARuleOfAllSymbols(dtype: String) throws {
    let agent = try Toys.agent(
      SymbolEquivariant.self,
      [
        "dtype": dtype, "hidden": "16", "learning-rate": "0.01", "batch": "16",
        "weight-decay": "0", "max-segments": "2", "weight-average": "0.9", "cycles": "1",
        "updates": "2", "positions": "learned", "puzzle-width": "0", "prefix-rows": "1",
      ], workers: 2, exchangeable: [2, 3, 4])
    func batch(_ step: Int) -> TrainingBatch {
      let questions = Toys.batch(step, count: 16).questions
      let labels = questions.questions.indices.map { index in
        let row = index / Toys.cells * Toys.cells
        return questions.questions[row + (index - row + 1) % Toys.cells]
      }
      return TrainingBatch(questions: questions, labels: labels)
    }
    for step in 0..<300 { _ = try agent.learn(from: batch(step)) }
    let last = batch(1000)
    let answers = try agent.solve(last.questions, options: SolveOptions()).flatMap {
      $0.answer ?? []
    }
    #expect(answers == last.labels)
  }

  /// Operations by hand: C = 4 channels, S = 6, D = 8, m = 8.
  @Test("Counted operations equal those computed by hand from the shapes")
  func costsAreCountedFromTheShapes() throws {
    let agent = try Toys.agent(
      SymbolEquivariant.self, ["cycles": "2", "updates": "3"], exchangeable: [2, 3, 4])
    let (rows, weights) = (4 * 6, 8 * 64 + 3 * 64)
    let block = Double(rows * (2 * weights + 4 * 8 * (6 + 4)))
    // The head has the logit of a channel's own symbol and those of two other tokens.
    let head = Double(2 * 8 * (rows * 3 + 1))
    let step = try agent.learn(from: Toys.batch(0)).cost
    #expect(step == ComputeCost(flops: 5 * ((6 + 2 * 3) * block + 3 * head), passes: 5))
  }

  @Test("A task without interchangeable symbols has one channel")
  func aTaskWithoutSymbolsHasOneChannel() throws {
    func stateValues(exchangeable: [UInt8]) throws -> [Int] {
      let agent = try Toys.agent(
        SymbolEquivariant.self, ["cycles": "1", "updates": "1"], exchangeable: exchangeable)
      let questions = Toys.batch(0).questions
      #expect(try agent.solve(questions, options: SolveOptions()).count == 5)
      return try agent.segments(1, of: questions)[0].states.map(\.count)
    }
    // Five puzzles of six cells, with eight numbers in every channel of a cell.
    #expect(try stateValues(exchangeable: []) == [5 * 6 * 8])
    #expect(try stateValues(exchangeable: [2, 3, 4]) == [5 * 4 * 6 * 8])
  }
}
