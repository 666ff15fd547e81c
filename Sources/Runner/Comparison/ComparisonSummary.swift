import GymEvaluation
import JSON

/// The summary of a comparison: a row for each participant, in order.
public struct ComparisonSummary: Sendable, Hashable {
  /// One participant over its seeds.
  public struct Row: Sendable, Hashable {
    /// The participant's label.
    public let label: String
    /// Whether it was given the task's rules.
    public let usesRules: Bool
    /// The results, in the order of the seeds; a single one if it does not learn.
    public let results: [ComparisonResult]
    /// The share of puzzles solved, over the seeds: mean and spread.
    public let accuracy: Sample
    /// The 95 % interval of the mean share; see `Sample.shareInterval`.
    public var interval: ClosedRange<Double> {
      accuracy.shareInterval(trials: results[0].tally.count)
    }

    init(_ participant: ComparisonParticipant, _ results: [ComparisonResult]) {
      (label, usesRules) = (participant.label, participant.usesRules)
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
      return Row(participant, entries.compactMap { results[$0.name] })
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
