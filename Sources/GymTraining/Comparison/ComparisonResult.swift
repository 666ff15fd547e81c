import Foundation
import Gym
import GymEvaluation
import GymJSON

/// The result of one entry of a comparison; `result.json` in its folder.
public struct ComparisonResult: Sendable, Hashable {
  /// The number of training steps, including those of an earlier run; 0 if there were none.
  public var steps: Int
  /// The costs of learning and solving.
  public var usage: AgentUsage
  /// The puzzles solved completely.
  public var tally: Proportion
  /// The mean share of asked cells that were right.
  public var cellAccuracy: Double
  /// The mean number of segments used.
  public var segments: Double
  /// The total seconds, including evaluation and checkpoints.
  public var wallSeconds: Double

  init(steps: Int, usage: AgentUsage, score: Score, wallSeconds: Double) {
    (self.steps, self.usage, self.wallSeconds) = (steps, usage, wallSeconds)
    (tally, cellAccuracy) = (score.overall, score.cellAccuracy)
    segments = score.meanSegments
  }

  /// The result in the form of `result.json`.
  public var json: JSON {
    [
      "steps": JSON(steps), "exact": tally.json,
      "cell-accuracy": .number(cellAccuracy), "segments": .number(segments),
      "ledger": usage.json, "wall-seconds": .number(wallSeconds),
    ]
  }

  /// Reads what `json` wrote.
  init(contentsOf file: URL) throws {
    try self.init(JSON(contentsOf: file), at: file.path)
  }

  /// The same from JSON.
  init(_ json: JSON, at place: String) throws {
    let fields = try JSONFields(json, at: place)
    steps = try fields.integer("steps", in: 0...JSONFields.maximumCounted)
    let exact = try fields.fields("exact")
    let count = try exact.integer("count", in: 0...Int(Int32.max))
    tally = Proportion(try exact.integer("solved", in: 0...count), of: count)
    cellAccuracy = try fields.number("cell-accuracy", in: 0...1)
    segments = try fields.number("segments", in: 0...1e12)
    wallSeconds = try fields.number("wall-seconds", in: 0...1e12)
    usage = try AgentUsage(fields.fields("ledger"))
  }
}

/// The summary of a comparison: a row for each participant, in order.
public struct ComparisonSummary: Sendable, Hashable {
  /// One participant over its seeds.
  public struct Row: Sendable, Hashable {
    /// The participant's label.
    public let label: String
    /// Whether it was given the task's rules, or they chose among its votes.
    public let usesRules: Bool
    /// The results, in the order of the seeds; a single one if it does not learn.
    public let results: [ComparisonResult]
    /// The share of puzzles solved, over the seeds: mean and spread.
    public let accuracy: Sample
    /// The 95 % interval of the mean share; see `Sample.shareInterval`.
    public var interval: ClosedRange<Double> {
      accuracy.shareInterval(trials: results[0].tally.count)
    }

    init(_ participant: ComparisonParticipant, _ results: [ComparisonResult], voting: VotingOptions)
    {
      label = participant.label
      usesRules = participant.usesRules || voting.usesRules
      self.results = results
      accuracy = Sample(results.map(\.tally.share))
    }

    /// The mean over the seeds of some value of the results.
    public func mean(_ value: (ComparisonResult) -> Double) -> Double {
      results.reduce(0) { $0 + value($1) } / Double(results.count)
    }
  }

  /// The rows, in the order of the plan's participants.
  public let rows: [Row]

  /// - Precondition: every entry of the plan has its result.
  init(_ plan: ComparisonPlan, _ results: [String: ComparisonResult]) {
    rows = plan.participants.map { participant in
      let entries = plan.entries.filter { $0.label == participant.label }
      return Row(
        participant, entries.compactMap { results[$0.name] }, voting: plan.evaluation.voting)
    }
  }

  /// The summary together with its plan, in the form of `summary.json`.
  func json(_ plan: JSON) -> JSON {
    ["plan": plan, "contestants": .array(rows.map(json))]
  }

  private func json(_ row: Row) -> JSON {
    let deviation = row.accuracy.standardDeviation
    return [
      "label": .string(row.label), "uses-rules": .bool(row.usesRules),
      "accuracy": [
        "mean": .number(row.accuracy.mean),
        "standard-deviation": deviation.map { .number($0) } ?? .null,
        "interval": [.number(row.interval.lowerBound), .number(row.interval.upperBound)],
      ],
      "parameters": JSON(row.results[0].usage.parameters),
      "training-flops": .number(row.mean { $0.usage.training?.cost.flops ?? 0 }),
      "training-seconds": .number(row.mean { $0.usage.training?.seconds ?? 0 }),
      "flops-per-puzzle": .number(row.mean(\.usage.flopsPerPuzzle)),
      "tokens-per-puzzle": .number(row.mean(\.usage.tokensPerPuzzle)),
      "segments": .number(row.mean(\.segments)),
      "runs": .array(row.results.map(\.json)),
    ]
  }
}

/// An event while agents are compared.
public enum ComparisonEvent: Sendable {
  /// An entry starts, or continues.
  case began(ComparisonRun)
  /// An entry's agent trains. `secondsLeft` is for the whole comparison; nil if unknown.
  case training(ComparisonRun, TrainingEvent, secondsLeft: Double?)
  /// An entry's agent has solved `done` of the puzzles.
  case solving(ComparisonRun, done: Int, of: Int)
  /// An entry is finished, now or by an earlier process.
  case finished(ComparisonRun, ComparisonResult, isEarlier: Bool)
}
