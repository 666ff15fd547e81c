/// A ranking as a table for a README or a paper: a row per agent, seeds folded, with intervals.
///
/// Agents that were given the rules or only count come last, marked as references.
public struct PaperTable: Sendable, Hashable {
  /// One agent.
  struct Row: Sendable, Hashable {
    let agent: String
    let kind: Participant.Kind
    let seeds: Int
    /// Mean share and its interval.
    let share: Double
    let interval: ClosedRange<Double>
    let parameters: Int?
    /// Floating-point operations per puzzle, and those of training.
    let flops, training: Double?
  }

  /// The benchmark's name, and the sentence that belongs below the table.
  let name, note: String
  let rows: [Row]

  /// The table of a ranking.
  public init(_ ranking: Ranking) {
    let benchmark = ranking.benchmark
    name = benchmark.name
    note =
      "Share of the \(benchmark.count) puzzles of \(benchmark.name) (\(benchmark.task)) that were "
      + "solved completely, mean over seeds, with 95 % intervals over puzzles and, if there are "
      + "several, seeds. References were given the rules, or only count or guess."
    let rows = ranking.contenders.map { contender -> Row in
      let ledgers = contender.members.map { ranking.standings[$0].entry.participant.usage }
      func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
      }
      return Row(
        agent: contender.agent, kind: contender.kind, seeds: contender.seeds,
        share: contender.accuracy.mean, interval: contender.interval,
        parameters: ledgers.compactMap(\.parameters).max(),
        flops: mean(ledgers.compactMap(\.flops)).map { $0 / Double(benchmark.count) },
        training: contender.trainingFlops)
    }
    self.rows = rows.filter { !$0.kind.isReference } + rows.filter(\.kind.isReference)
  }
}
