extension Comparison {
  /// The estimated seconds left for the whole comparison while an entry trains; nil if unknown yet.
  func secondsLeft(in entry: ComparisonRun, after progress: TrainingProgress?) -> Double? {
    guard let progress, let left = progress.secondsLeft else { return nil }
    let current = progress.seconds + left
    return plan.entries.dropFirst(entry.number).reduce(left + solvingSeconds(of: entry.label)) {
      sum, later in
      if results[later.name] != nil { return sum }
      return sum + (expected(of: later) ?? current + solvingSeconds(of: later.label))
    }
  }

  /// The expected duration of an entry: from earlier entries of the same participant, or else from
  /// the budget.
  private func expected(of entry: ComparisonRun) -> Double? {
    let own = plan.entries.compactMap {
      $0.label == entry.label ? results[$0.name]?.wallSeconds : nil
    }
    if !own.isEmpty { return own.reduce(0, +) / Double(own.count) }
    if entry.seed == nil { return solvingSeconds(of: entry.label) }
    if case .minutes(let minutes) = plan.budget {
      return minutes * 60 + solvingSeconds(of: entry.label)
    }
    return nil
  }

  /// The expected duration of solving, from this participant's earlier entries or those of others.
  private func solvingSeconds(of label: String) -> Double {
    let own = plan.entries.compactMap {
      $0.label == label ? results[$0.name]?.usage.solving.seconds : nil
    }
    let known = own.isEmpty ? results.values.map(\.usage.solving.seconds) : own
    return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
  }
}
