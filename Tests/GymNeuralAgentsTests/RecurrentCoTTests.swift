import Foundation
import Gym
import GymNetworks
import GymNeuralAgents
import GymSafeTensors
import GymTensors
import GymTestSupport
import Testing

@Suite struct RecurrentCoTTests {
  private func network(
    _ control: String = "none", forcingSteps: String = "0"
  ) throws -> (RecurrentCoTNetwork, NeuralConfiguration) {
    var settings = Settings(RecurrentCoT.settings)
    for (name, value) in [
      ("control", control), ("forcing-steps", forcingSteps), ("hidden", "8"), ("blocks", "1"),
    ] {
      try settings.set(name, to: value)
    }
    let configuration = try NeuralConfiguration(
      settings,
      context: AgentContext(
        vocabularyCount: Toys.vocabulary, grid: GridShape(rows: 2, columns: 3), batchSize: 5,
        seed: 1, workers: 1), segments: Schedule(16))
    return (
      try RecurrentCoTNetwork(settings, configuration, initializer: Initializer(seed: 1)),
      configuration
    )
  }

  @Test("The recurrent chain of thought asks for traces")
  func asksForTraces() {
    #expect(RecurrentCoT.learnsFromTraces)
    #expect(!Transformer.learnsFromTraces && !TRM.learnsFromTraces)
  }

  /// Thinned traces have at most the allowed number of states, in order, evenly spread, last kept.
  @Test("Long traces are thinned evenly to the maximum, and keep their last state")
  func longTracesAreThinnedEvenly() throws {
    for count in [2, 3, 5, 16, 17, 18, 40, 250] {
      let trace = (0..<count).map { [UInt8($0)] }
      for maximum in [1, 2, 7, 16] {
        guard case .trace(let states) = SupervisionTarget(thinning: trace, to: maximum) else {
          Issue.record("\(count) states give no trace")
          continue
        }
        let numbers = states.map { Int($0[0]) }
        #expect(numbers.count == min(maximum, count - 1))
        #expect(numbers.last == count - 1)
        let gaps = zip([0] + numbers, numbers).map { $1 - $0 }
        #expect((gaps.max() ?? 0) - (gaps.min() ?? 0) <= 1, "\(count) to \(maximum): \(numbers)")
        #expect(gaps.allSatisfy { $0 > 0 })
      }
    }
    #expect(SupervisionTarget(thinning: [], to: 4) == .drafts)
    #expect(SupervisionTarget(thinning: [[1]], to: 4) == .drafts)
  }

  @Test("Teacher forcing falls from one to zero")
  func teacherForcingFallsFromOneToZero() throws {
    let (whole, _) = try network()
    #expect(
      [0, 0.25, 0.5, 1].map { whole.teacherForcing(at: 99, progress: $0) } == [1, 0.75, 0.5, 0])
    let (set, _) = try network(forcingSteps: "10")
    #expect([0, 5, 10].map { set.teacherForcing(at: $0, progress: 0.9) } == [1, 0.5, 0])
  }

  @Test("The controls change the supervision targets")
  func controlsChangeTheTargets() throws {
    let batch = Toys.batch(0, traced: true)
    func supervision(_ control: String, _ batch: TrainingBatch) throws -> SupervisionTarget {
      try network(control).0.supervision(for: 4, of: batch, maximum: 16)
    }
    let own = SupervisionTarget.trace(Array(batch.traces[4].dropFirst()))
    #expect(try supervision("none", batch) == own)
    #expect(try supervision("latent-carry", batch) == own)
    #expect(try supervision("swapped-traces", batch) == .trace(Array(batch.traces[0].dropFirst())))
    #expect(try supervision("final-answer-only", batch) == .drafts)
    for control in RecurrentCoTNetwork.Control.allCases {
      #expect(try supervision(control.rawValue, Toys.batch(0)) == .drafts)
    }
    #expect(try network("latent-carry").0.stateNames.count == 1)
    #expect(try network("none").0.stateNames.isEmpty)
  }

  @Test("Controls of traces need traces, and a second puzzle to swap with")
  func controlsOfTraces() throws {
    let names = try RecurrentCoTNetwork.Control.allCases.map {
      try Toys.agent(RecurrentCoT.self, ["control": $0.rawValue]).settingsOfTraces
    }
    #expect(names == [[], ["control"], ["control"], []])
    #expect {
      try Toys.agent(RecurrentCoT.self, ["control": "swapped-traces", "batch": "1"])
    } throws: {
      "\($0)".contains("control is swapped-traces")
    }
    _ = try Toys.agent(RecurrentCoT.self, ["batch": "1"])
  }

  /// It writes the trace: each thought is the trace's next state, and after the last one it stops.
  @Test("It learns to write the trace state by state, and stops after the last")
  func learnsToWriteTheTrace() throws {
    let agent = try Toys.agent(
      RecurrentCoT.self,
      [
        "hidden": "32", "learning-rate": "0.01", "batch": "16", "weight-decay": "0",
        "max-segments": "8", "blocks": "2",
      ], workers: 2)
    for step in 0..<700 {
      _ = try agent.learn(
        from: Toys.batch(step, count: 16, traced: true, progress: Double(step) / 700))
    }
    let batch = Toys.batch(1000, count: 40, traced: true)
    let predictions = try agent.solve(batch.questions, options: SolveOptions(keepsThoughts: true))
    var (stopped, exact) = (0, 0)
    for (prediction, trace) in zip(predictions, batch.traces) {
      stopped += prediction.segments == 3 ? 1 : 0
      exact += prediction.thoughts == Array(trace.dropFirst()) ? 1 : 0
      #expect(prediction.thoughts.count == prediction.segments)
      #expect(prediction.answer == prediction.thoughts.last)
      #expect(prediction.cost.tokens == prediction.segments * Toys.cells)
    }
    #expect(stopped >= 36 && exact >= 32, "\(stopped) stop, \(exact) are exact, of 40")
  }

  /// Only tokens pass between thoughts: equal thoughts have equal successors. With the
  /// latent state allowed, they may differ.
  @Test("Only tokens pass from one thought to the next")
  func onlyTokensCross() throws {
    func deviations(_ control: String) throws -> (pairs: Int, different: Int) {
      let agent = try Toys.agent(RecurrentCoT.self, ["control": control], seed: 11)
      var (pairs, different) = (0, 0)
      let options = SolveOptions(segments: 12, keepsThoughts: true)
      for prediction in try agent.solve(Toys.batch(7, count: 40).questions, options: options) {
        let thoughts = prediction.thoughts
        for a in 0..<thoughts.count - 1 {
          for b in 0..<a where thoughts[a] == thoughts[b] {
            pairs += 1
            different += thoughts[a + 1] == thoughts[b + 1] ? 0 : 1
          }
        }
      }
      return (pairs, different)
    }
    let tokens = try deviations("none")
    #expect(tokens.pairs > 50 && tokens.different == 0, "\(tokens)")
    #expect(try deviations("latent-carry").different > 0)
  }

  /// With `loss-cells=blanks` an answer repeats the given cells, and so does every thought.
  @Test("Thoughts repeat given cells in training as they do in solving, and these are no target")
  func thoughtsRepeatGivenCells() throws {
    try withTemporaryFolder { folder in
      let agent = try Toys.agent(
        RecurrentCoT.self, ["loss-cells": "blanks", "max-segments": "8", "forcing-steps": "1"])
      for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step, traced: step == 1)) }
      try agent.save(to: folder)
      let file = try SafeTensorsFile(
        contentsOf: folder.appendingPathComponent("training.safetensors"))
      let tokens = try file.integers("slots.0.tokens")
      let thoughts = try file.integers("slots.0.thoughts")
      #expect(tokens != thoughts && tokens.contains(1))
      for (token, thought) in zip(tokens, thoughts) where token != 1 { #expect(thought == token) }
    }
  }

  @Test("The halting head is right if it ends a trace with its last state, whatever the answer")
  func haltAccuracyIsOfTheTrace() throws {
    let agent = try Toys.agent(RecurrentCoT.self)
    let bias = try #require(agent.parameters.first { $0.name == "q_head.bias" })
    bias.value.set([Float](repeating: 5, count: bias.value.count))
    bias.refresh()
    var finished = 0
    for _ in 0..<3 {
      let report = try agent.learn(from: Toys.batch(0, traced: true))
      finished += report.finished
      #expect(report.extra["halt-accuracy"] ?? 0 == Double(report.finished))
    }
    #expect(finished == 5)
  }

  /// A changed number in a saved slot gives an error, never a trap.
  @Test("A changed number in a saved slot is an error, never a trap")
  func refusesHostileSlots() throws {
    try withTemporaryFolder { folder in
      let agent = try Toys.agent(RecurrentCoT.self)
      _ = try agent.learn(from: Toys.batch(0, traced: true))
      try agent.save(to: folder)
      let file = folder.appendingPathComponent("training.safetensors")
      let whole = try Data(contentsOf: file)
      let header = whole.prefix(8).reversed().reduce(0) { $0 << 8 + Int($1) }
      var refused = 0
      for offset in stride(from: 8 + header, to: whole.count, by: 61) {
        var damaged = whole
        damaged[offset] ^= 0x80
        try damaged.write(to: file)
        // Some bytes belong to a moment or a state, in which any number is valid.
        let restored = try Toys.agent(RecurrentCoT.self)
        do {
          try restored.restore(from: folder, forTraining: true)
          _ = try restored.solve(Toys.batch(1).questions, options: SolveOptions())
        } catch {
          refused += 1
        }
      }
      #expect(refused > 0)
    }
  }
}
