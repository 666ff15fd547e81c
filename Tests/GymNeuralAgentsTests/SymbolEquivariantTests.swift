import Foundation
import Gym
import GymJSON
import GymNetworks
import GymNeuralAgents
import GymSafeTensors
import Testing

/// The symbol-equivariant model: what its axis of symbols promises, and an independent PyTorch
/// version of it (Fixtures/symbol-equivariant/README.md).
@Suite struct SymbolEquivariantTests {
  private static let folder = RecordedNumbers.folder("symbol-equivariant")

  @Test(
    "Every recorded number of the symbol-equivariant network agrees",
    arguments: ["one-state", "two-states"])
  func everyNumberAgrees(recursion: String) throws {
    let sizes = try JSON(contentsOf: Self.folder.appendingPathComponent("config.json"))
    func size(_ name: String) throws -> Int { Int(try #require(sizes[name]?.integer)) }
    var settings = Settings(SymbolEquivariant.settings)
    for (name, key) in [
      ("hidden", "hidden"), ("heads", "heads"), ("blocks", "blocks"), ("cycles", "cycles"),
      ("updates", "updates"), ("puzzle-width", "puzzle_width"), ("expansion", "expansion"),
      ("rotary-base", "rotary_base"),
    ] {
      try settings.set(name, to: "\(size(key))")
    }
    try settings.set("recursion", to: recursion)
    try settings.set("positions", to: "rotary-2d")
    let grid = GridShape(rows: try size("rows"), columns: try size("columns"))
    let agent = try SymbolEquivariant(
      settings: settings,
      context: AgentContext(
        vocabularyCount: size("vocabulary"), grid: grid,
        exchangeable: (sizes["exchangeable"]?.array ?? []).compactMap {
          $0.integer.map(UInt8.init)
        },
        puzzleIdentifiers: size("identifiers"), batchSize: size("batch"), seed: 1, workers: 2))
    func file(_ name: String) throws -> SafeTensorsFile {
      try SafeTensorsFile(contentsOf: Self.folder.appendingPathComponent("\(recursion)/\(name)"))
    }
    try agent.load(file("weights.safetensors"))
    let recorded = try file("numbers.safetensors")
    let identifiers = try recorded.integers("puzzle_identifiers").map(Int32.init)
    let questions = QuestionBatch(
      cells: grid.cells, questions: try recorded.integers("inputs").map { UInt8($0) },
      identifiers: identifiers)
    let states = recursion == "one-state" ? ["Z_init"] : ["H_init", "L_init"]
    for (segment, numbers) in try agent.segments(size("segments"), of: questions).enumerated() {
      let parts =
        zip(states, numbers.states).map { ($0, $1) }
        + [("logits", numbers.logits), ("q_halt_logits", numbers.halting)]
      for (name, ours) in parts {
        let name = "segment\(segment).\(name)"
        RecordedNumbers.expectEqual(ours, try recorded.doubles(name), name)
      }
    }

    let labels = try recorded.integers("labels").map { UInt8(max($0, 0)) }
    try agent.computeGradients(for: TrainingBatch(questions: questions, labels: labels))
    RecordedNumbers.expectEqual([agent.loss], try recorded.doubles("loss"), "loss")
    for parameter in agent.parameters {
      let name = "grad.\(parameter.name)"
      RecordedNumbers.expectEqual(agent.gradient(of: parameter), try recorded.doubles(name), name)
    }
    let width = agent.puzzleGradient.count / identifiers.count
    var puzzles = [Double](repeating: 0, count: try size("identifiers") * width)
    for (index, slope) in agent.puzzleGradient.enumerated() {
      puzzles[Int(identifiers[index / width]) * width + index % width] += Double(slope)
    }
    RecordedNumbers.expectEqual(
      puzzles, try recorded.doubles("grad.puzzle_emb.weights"), "puzzle embedding")
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
    let agent = try Toys.agent(SymbolEquivariant.self, ["cycles": "1", "updates": "1"])
    let prediction = try agent.solve(Toys.batch(0).questions, options: SolveOptions())
    #expect(prediction.count == 5)
  }
}
