import Foundation
import Gym
import GymBoards
import GymReports

/// The browser's index of all puzzles: the entries and what each solved, ratings, and the shards.
struct PuzzleIndex: Sendable {
  let ranking: Ranking
  /// The number of the first puzzle in each shard.
  let firsts: [Int]

  /// The script's text.
  var text: String {
    let standings = ranking.standings
    let entries = standings.map { standing in
      let participant = standing.entry.participant
      let seed = participant.seed.map { "seed \($0)" } ?? ""
      return "[\(participant.agent.scriptLiteral),\(seed.scriptLiteral)]"
    }
    let solved = (0..<ranking.benchmark.count).map { puzzle in
      String(standings.count { $0.entry.results.solved[puzzle] })
    }
    // One bit per puzzle, the first one lowest in the first byte.
    let bits = standings.map { Data($0.entry.results.solved.bytes).base64EncodedString() }
    return """
      puzzleIndex({"count":\(ranking.benchmark.count),"opens":\(TellingPuzzle.index(ranking)),\
      "agent":\(ranking.bestLearner?.members.first ?? 0),\
      "entries":[\(entries.joined(separator: ","))],\
      "firsts":[\(firsts.map(String.init).joined(separator: ","))],\
      "levels":[\(levels)],"ratings":[\(ratings)],\
      "bits":[\(bits.map { "\"\($0)\"" }.joined(separator: ","))],\
      "solved":[\(solved.joined(separator: ","))]});

      """
  }

  /// The levels that have puzzles: name, number, least and greatest rating.
  private var levels: String {
    let counts = Dictionary(
      ranking.puzzles.levels.map { ($0.name, $0.count) }, uniquingKeysWith: { a, _ in a })
    return ranking.benchmark.levels.compactMap { level -> String? in
      guard let count = counts[level.name], count > 0 else { return nil }
      let high = level.rating.upperBound
      let top = high.isFinite ? "\(high)" : "1e300"
      return "[\(level.name.scriptLiteral),\(count),\(level.rating.lowerBound),\(top)]"
    }.joined(separator: ",")
  }

  /// The rating of every puzzle; null if it is unknown.
  private var ratings: String {
    guard ranking.ratings.contains(where: { $0 != nil }) else { return "" }
    // Thousands of puzzles have a few hundred ratings.
    let known = Set(ranking.ratings.compactMap { $0 }).filter(\.isFinite)
    let texts = Dictionary(uniqueKeysWithValues: known.map { ($0, "\($0)") })
    return ranking.ratings.map { $0.flatMap { texts[$0] } ?? "null" }.joined(separator: ",")
  }
}

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
