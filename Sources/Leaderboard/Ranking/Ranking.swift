import Statistics

/// The entries of a benchmark in order, with what may be said of their differences.
///
/// The metric is the number of puzzles wholly solved. Any two entries are compared by McNemar's
/// exact test on the puzzles that only one of them solved; the p of all pairs are corrected
/// together by Holm's method.
///
/// **Tie groups.** Entries are gone through from the most solved on. An entry joins the current
/// group if it differs at 5 % from none of its members; else it begins the next group. All
/// entries of a group share the rank 1 + the number of entries in earlier groups. So no two entries
/// of one rank differ; entries of neighbouring ranks may still not differ from each other (that
/// relation is not transitive), which `Standing.rankRange` and `comparison` tell.
public struct Ranking: Sendable {
  /// The level below which two entries are taken to differ.
  public static let significance = 0.05

  /// What is ranked on.
  public let benchmark: Benchmark
  /// The entries, best first; with equally many solved, the one submitted first.
  public let standings: [Standing]
  /// Agents with several seeds under the same configuration, best mean first.
  public let families: [Family]
  private let table: PairedComparisonTable

  /// Ranks entries.
  ///
  /// - Parameter ratings: the puzzles' ratings, or an empty array to leave parts by rating out.
  /// - Precondition: the entries are the benchmark's, and there is a rating for each puzzle.
  public init(_ entries: [Entry], on benchmark: Benchmark, ratings: [Double?] = []) {
    precondition(entries.allSatisfy { $0.results.count == benchmark.count })
    precondition(ratings.isEmpty || ratings.count == benchmark.count)
    let counts = Dictionary(entries.map { ($0.id, $0.results.solvedCount) }) { a, _ in a }
    let ordered = entries.sorted { a, b in
      let (first, second) = (counts[a.id] ?? 0, counts[b.id] ?? 0)
      if first != second { return first > second }
      return a.submitted == b.submitted ? a.id < b.id : a.submitted < b.submitted
    }
    let table = PairedComparisonTable(ordered.map(\.results.solved))
    let places = RankPlaces(count: ordered.count) { table[$0, $1].differs }
    let parts = RatingParts(levels: benchmark.levels, ratings: ratings)
    standings = ordered.indices.map { index in
      Standing(
        entry: ordered[index], rank: places.ranks[index], group: places.groups[index],
        rankRange: table.rankRange(of: index),
        solved: Proportion(counts[ordered[index].id] ?? 0, of: benchmark.count),
        byRating: parts.parts(of: ordered[index].results.solved))
    }
    families = Family.families(of: ordered)
    self.table = table
    self.benchmark = benchmark
  }

  /// Two standings compared, by their indices; the first one's view.
  ///
  /// - Precondition: both exist.
  public func comparison(_ first: Int, _ second: Int) -> PairedComparison { table[first, second] }

  /// The indices of the standings that no other one beats in both cost and accuracy, cheapest
  /// first; entries whose cost is unknown or nothing are on no front.
  public func paretoFront(_ axis: CostAxis) -> [Int] {
    let known = standings.indices.compactMap { index in
      axis.cost(standings[index].entry.entrant.ledger).map {
        (index: index, point: CostPoint(cost: $0, value: standings[index].solved.share))
      }
    }
    return ParetoFront.indices(known.map(\.point)).map { known[$0].index }
  }
}
