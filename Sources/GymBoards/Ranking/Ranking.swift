import GymEvaluation

/// The entries of a benchmark in order, with the significance of their differences.
///
/// The metric is the number of puzzles solved completely. Any two entries are compared by McNemar's
/// exact test on the puzzles that only one of them solved; the p-values of all pairs are corrected
/// together by Holm's method.
///
/// **Tie groups.** Entries are visited from the most solved downward. An entry joins the current
/// group if it does not differ at the 5 % level from any of its members; otherwise it starts the
/// next group. All entries of a group share the rank 1 + the number of entries in earlier groups.
/// No two entries with the same rank therefore differ; entries with neighboring ranks may still not
/// differ from each other (that relation is not transitive), which `Standing.rankRange` and
/// `comparison` show.
///
/// **References.** Entries that were given the rules, or only count (`Participant.Kind`), take no
/// rank from others: theirs is the one at which they would stand among the agents that learned.
public struct Ranking: Sendable {
  /// The level below which two entries are considered different.
  public static let significance = 0.05

  /// The benchmark.
  public let benchmark: Benchmark
  /// The entries, best first; with equally many solved, the earlier submission first.
  public let standings: [Standing]
  /// Agents with several seeds under the same configuration, best mean first.
  public let families: [Family]
  /// All agents, each with its seeds folded into one, best mean first.
  public let contenders: [Contender]
  /// A description of the puzzles.
  public let puzzles: PuzzleSummary
  /// The rating of every puzzle; empty if they are left out.
  public let ratings: [Double?]
  private let table: PairedComparisonTable

  /// Ranks entries.
  ///
  /// - Parameter ratings: the puzzles' ratings, or an empty array to omit the parts by rating.
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
    let learners = ordered.indices.filter { !ordered[$0].participant.kind.isReference }
    let places = RankPlaces(count: ordered.count, ranked: learners) { table[$0, $1] }
    let parts = RatingParts(levels: benchmark.levels, ratings: ratings)
    standings = ordered.indices.map { index in
      Standing(
        entry: ordered[index], rank: places.ranks[index], group: places.groups[index],
        rankRange: table.rankRange(of: index, among: learners),
        solved: Proportion(counts[ordered[index].id] ?? 0, of: benchmark.count),
        byRating: parts.parts(of: ordered[index].results.solved))
    }
    families = Family.families(of: ordered)
    contenders = Contender.contenders(
      of: ordered, families: families, puzzles: benchmark.count)
    puzzles = PuzzleSummary(
      settings: benchmark.settings, levels: benchmark.levels, ratings: ratings)
    self.ratings = ratings
    self.table = table
    self.benchmark = benchmark
  }

  /// Whether any entry solved a puzzle; if none did, nobody is first.
  public var hasSolved: Bool { (standings.first?.solved.successes ?? 0) > 0 }

  /// The best agent that learned, if it solved anything.
  public var bestLearner: Contender? {
    contenders.first { $0.kind == .learner && $0.accuracy.mean > 0 }
  }

  /// Whether a trained agent is represented by one training run alone, so that differences between
  /// its runs are not counted.
  public var hasSingleRuns: Bool {
    let repeated = Set(families.flatMap(\.members))
    return standings.indices.contains { index in
      let usage = standings[index].entry.participant.usage
      return !repeated.contains(index)
        && (usage.trainingFlops != nil || usage.trainingSeconds != nil)
    }
  }

  /// The comparison of two standings, by their indices, from the first one's view.
  ///
  /// - Precondition: both exist.
  public func comparison(_ first: Int, _ second: Int) -> PairedComparison { table[first, second] }

  /// The indices of the agents that learned which no other such agent beats in both cost and
  /// accuracy, cheapest first; entries whose cost is unknown or zero are never on the front.
  public func paretoFront(_ axis: CostAxis) -> [Int] {
    let learners = standings.indices.filter { !standings[$0].entry.participant.kind.isReference }
    let known = learners.compactMap { index in
      axis.cost(standings[index].entry.participant.usage).map {
        (index: index, point: CostPoint(cost: $0, value: standings[index].solved.share))
      }
    }
    return ParetoFront.indices(known.map(\.point)).map { known[$0].index }
  }
}

/// The tie groups of entries in order, and the rank of each; see `Ranking`.
struct RankPlaces {
  private(set) var groups: [Int]
  private(set) var ranks: [Int]

  /// - Parameters:
  ///   - ranked: the entries that take ranks, in order; the others get those that they would have.
  ///   - comparison: the comparison of two entries, by their indices.
  init(count: Int, ranked: [Int], comparison: (Int, Int) -> PairedComparison) {
    (groups, ranks) = (Array(repeating: 0, count: count), Array(repeating: 1, count: count))
    var start = 0
    for (place, index) in ranked.enumerated() {
      if (start..<place).contains(where: { comparison(ranked[$0], index).differs }) {
        start = place
      }
      ranks[index] = start + 1
      let before = place == 0 ? 0 : groups[ranked[place - 1]]
      groups[index] = start == place && place > 0 ? before + 1 : before
    }
    for index in Set(0..<count).subtracting(ranked) {
      let better = ranked.count { other in
        let pair = comparison(other, index)
        return pair.differs && pair.wins > pair.losses
      }
      ranks[index] = better + 1
      groups[index] = ranked.last { ranks[$0] <= better + 1 }.map { groups[$0] } ?? 0
    }
  }
}

/// The place of an entry on its benchmark.
public struct Standing: Sendable, Hashable {
  /// The entry.
  public let entry: Entry
  /// The rank among the agents that learned, from 1, shared by all entries of a tie group; for a
  /// reference the rank at which it would stand. See `Ranking`.
  public let rank: Int
  /// The number of the tie group, from 0.
  public let group: Int
  /// The ranks that are consistent with the data: from 1 + the number of significantly better
  /// entries, to the number of entries − the number of significantly worse ones.
  public let rankRange: ClosedRange<Int>
  /// The puzzles solved completely; `solved.interval()` is Wilson's interval.
  public let solved: Proportion
  /// The puzzles by the task's levels of rating, easiest first, then those without rating; levels
  /// without puzzles are omitted.
  public let byRating: [Score.Part]
}
