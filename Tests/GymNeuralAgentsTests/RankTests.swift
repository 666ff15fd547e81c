import Foundation
import Gym
import GymNeuralAgents
import GymTestSupport
import Testing

/// Ranks are threads here; Scripts/mpi-test.py has processes.
@Suite struct RankTests {
  /// The settings that change what ranks tell each other: the type, puzzle embeddings, averages,
  /// clipping, whole matrices.
  private static let settings: [[String: String]] = [
    ["dtype": "f32", "puzzle-width": "3", "clip": "0.5"],
    ["dtype": "bf16", "weight-average": "0.9"],
    ["dtype": "f32", "optimizer": "muon", "clip": "0.5"],
  ]

  @Test(
    "Four workers train the same weights on one, two or four ranks, with a resume in between",
    arguments: settings)
  func weightsDoNotDependOnTheSpread(values: [String: String]) throws {
    try withTemporaryFolder { folder in
      let whole = try Self.train(HRM.self, values, ranks: [1, 1], in: folder)
      for ranks in [[2, 4], [4, 1], [1, 2]] {
        let spread = try Self.train(HRM.self, values, ranks: ranks, in: folder)
        #expect(spread.files == whole.files, "\(ranks)")
        #expect(spread.reports == whole.reports, "\(ranks)")
      }
    }
  }

  @Test("So do the weights of agents without a halting head, and with traces")
  func otherAgents() throws {
    try withTemporaryFolder { folder in
      func check<Network>(_ type: NeuralAgent<Network>.Type, traced: Bool = false) throws {
        let whole = try Self.train(type, [:], ranks: [1, 1], in: folder, traced: traced)
        let spread = try Self.train(type, [:], ranks: [4, 2], in: folder, traced: traced)
        #expect(spread.files == whole.files && spread.reports == whole.reports)
      }
      try check(Transformer.self)
      try check(RecurrentCoT.self, traced: true)
    }
  }

  @Test("A loss that is not finite leaves the weights unchanged on every rank")
  func nonFinite() throws {
    let values = ["learning-rate": "10", "warmup-steps": "0", "weight-decay": "100"]
    let ends = try Ranks.threads(2) { ranks in
      let agent = try Toys.agent(HRM.self, values, workers: 4, ranks: ranks)
      let end = try (0..<200).first { try !agent.learn(from: Toys.batch($0)).loss.isFinite }
      return [end, agent.steps]
    }
    #expect(ends[0] == ends[1] && ends[0][0] != nil && ends[0][0] == ends[0][1])
  }

  @Test("A state is resumed by another number of workers, with the same puzzles in its slots")
  func otherWorkers() throws {
    try withTemporaryFolder { folder in
      let agent = try Toys.agent(HRM.self, ["dtype": "f32"], workers: 4)
      for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step)) }
      try agent.save(to: folder)
      let loss = try agent.learn(from: Toys.batch(3)).loss
      for workers in [1, 3, 5] {
        let other = try Toys.agent(HRM.self, ["dtype": "f32"], workers: workers)
        try other.restore(from: folder, forTraining: true)
        #expect(abs(try other.learn(from: Toys.batch(3)).loss - loss) < 1e-4 * loss)
      }
    }
  }

  private struct Outcome: Sendable {
    var files: [Data] = []
    var reports: [StepReport] = []
  }

  /// Four workers on some ranks for three steps, then resumed on others for two.
  private static func train<Network>(
    _ type: NeuralAgent<Network>.Type, _ values: [String: String], ranks counts: [Int],
    in folder: URL, traced: Bool = false
  ) throws -> Outcome {
    var all = Outcome()
    var last: URL?
    for (count, steps) in zip(counts, [0..<3, 3..<5]) {
      let (earlier, next) = (last, folder.appendingPathComponent(UUID().uuidString))
      try FileManager.default.createDirectory(at: next, withIntermediateDirectories: true)
      let reports = try Ranks.threads(count) { ranks in
        let agent = try Toys.agent(type, values, workers: 4, ranks: ranks)
        if let earlier { try agent.restore(from: earlier, forTraining: true) }
        let reports = try steps.map { try agent.learn(from: Toys.batch($0, traced: traced)) }
        try agent.save(to: next)
        return reports
      }
      for rank in reports { #expect(rank == reports[0]) }
      all.reports += reports[0]
      all.files += try ["model", "training"].map {
        try Data(contentsOf: next.appendingPathComponent("\($0).safetensors"))
      }
      last = next
    }
    return all
  }
}
