import Leaderboard

/// The puzzle that tells agents apart best, on which readers begin.
enum TellingPuzzle {
  /// The number from 0 of the puzzle that as many of the agents that learned solved as did not; the
  /// first one if all puzzles tell nothing.
  static func index(_ ranking: Ranking) -> Int {
    let learners = ranking.standings.filter { !$0.entry.participant.kind.isReference }
    let shown = (learners.count > 1 ? learners : ranking.standings).map(\.entry.results.solved)
    var (best, telling) = (0, -1)
    for puzzle in 0..<ranking.benchmark.count {
      let solved = shown.count { $0[puzzle] }
      let value = min(solved, shown.count - solved)
      if value > telling { (best, telling) = (puzzle, value) }
    }
    return best
  }
}
