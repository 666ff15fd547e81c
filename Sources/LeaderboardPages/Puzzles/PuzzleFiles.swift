import Foundation
import Gym
import Leaderboard

/// Writes the puzzles of a benchmark and all answers as many small scripts, on all cores.
struct PuzzleFiles: Sendable {
  let board: any BoardReading
  let ranking: Ranking
  let painter: PuzzlePainter

  /// The number of puzzles read at once, which is the number that the store keeps together.
  private static let chunk = 128
  /// The maximum size in bytes of all steps of all answers.
  private static let mostSteps = 192 << 20

  /// Writes the shards and then their index to a folder of the site ("" or "b1/").
  func write(
    to output: SiteOutput, under part: String, progress: @Sendable (Double) -> Void
  ) throws {
    let count = ranking.benchmark.count
    let chunks = stride(from: 0, to: count, by: Self.chunk).map {
      $0..<min(count, $0 + Self.chunk)
    }
    let firsts = try Concurrently.map(chunks) { chunk in
      try write(chunk, to: output, under: part)
    } each: {
      progress(Double($0) / Double(chunks.count))
    }
    try output.write(try index(firsts: firsts.flatMap { $0 }), to: part + "puzzles/index.js")
  }

  /// Writes some puzzles, and returns the number of the first puzzle in each of their shards.
  private func write(
    _ range: Range<Int>, to output: SiteOutput, under part: String
  ) throws -> [Int] {
    let examples = try board.puzzles(of: ranking.benchmark.id, in: range)
    let predictions = try board.predictions(of: ranking.standings.map(\.entry.id), in: range)
    guard examples.count == range.count, predictions.count == ranking.standings.count,
      predictions.allSatisfy({ $0.count == range.count })
    else {
      throw GymError(
        "the board gave too few puzzles or answers",
        at: "puzzles \(range.lowerBound + 1) to "
          + "\(range.upperBound)", expected: "\(range.count) each")
    }
    let budget = Self.mostSteps / max(1, ranking.benchmark.count)
    var firsts: [Int] = []
    var shard = PuzzleShard(first: range.lowerBound)
    func finish() throws {
      try output.write(shard.text, to: part + PuzzleShard.file(first: shard.first))
      firsts.append(shard.first)
    }
    for (offset, example) in examples.enumerated() {
      if shard.isFull {
        try finish()
        shard = PuzzleShard(first: range.lowerBound + offset)
      }
      try shard.add(
        example, predictions: predictions.map { $0[offset] }, painter: painter,
        stepBudget: budget)
    }
    try finish()
    return firsts
  }

  /// The browser's index of all puzzles: the entries, how many solved each puzzle, and its shard.
  private func index(firsts: [Int]) throws -> String {
    let standings = ranking.standings
    let entries = standings.map { standing in
      let entrant = standing.entry.entrant
      let seed = entrant.seed.map { "seed \($0)" } ?? ""
      return "[\(entrant.agent.scriptLiteral),\(seed.scriptLiteral)]"
    }
    let solved = (0..<ranking.benchmark.count).map { puzzle in
      String(standings.count { $0.entry.results.solved[puzzle] })
    }
    return """
      puzzleIndex({"count":\(ranking.benchmark.count),\
      "entries":[\(entries.joined(separator: ","))],\
      "firsts":[\(firsts.map(String.init).joined(separator: ","))],\
      "solved":[\(solved.joined(separator: ","))]});

      """
  }
}
