import Foundation
import Gym
import GymBoards
import GymReports

/// Writes the puzzles of a benchmark and all answers as many small scripts, on all cores.
struct PuzzleFiles: Sendable {
  let board: any BoardReading
  let ranking: Ranking
  let painter: PuzzlePainter

  /// The number of puzzles read at once, which is the number that the store keeps together.
  private static let chunk = 128
  /// The maximum size in bytes of all steps of all answers.
  private static let maximumSteps = 192 << 20

  /// The maximum size in bytes of the answers of all entries as files.
  private static let maximumPredictions = 48 << 20

  /// The path of an entry's answers.
  static func predictionsFile(_ entry: Entry) -> String { "predictions/\(entry.fileName).jsonl" }

  /// The results of some puzzles: their shards' first ones, and of each entry counts and lines.
  private struct Part: Sendable {
    var firsts: [Int] = []
    var tallies: [EntryTally]
    var lines: [ScriptText]
  }

  /// Writes the shards and then their index to a folder of the site ("" or "b1/"), and the answers
  /// of each entry if they are not too many.
  ///
  /// - Returns: counts over the answers of each entry, and whether the answers were written.
  func write(
    to output: SiteOutput, under part: String, progress: @Sendable (Double) -> Void
  ) throws -> (tallies: [EntryTally], areWritten: Bool) {
    let count = ranking.benchmark.count
    let chunks = stride(from: 0, to: count, by: Self.chunk).map {
      $0..<min(count, $0 + Self.chunk)
    }
    let size = count * ranking.standings.count * (painter.cells + 48)
    let areWritten = size <= Self.maximumPredictions
    let parts = try Concurrently.map(chunks) { chunk in
      try write(chunk, to: output, under: part, keepsLines: areWritten)
    } each: {
      progress(Double($0) / Double(chunks.count))
    }
    try output.write(
      PuzzleIndex(ranking: ranking, firsts: parts.flatMap(\.firsts)).text,
      to: part + "puzzles/index.js")
    if areWritten {
      for (index, standing) in ranking.standings.enumerated() {
        var text = ScriptText()
        for part in parts { text.append(part.lines[index]) }
        try output.write(text, to: part + Self.predictionsFile(standing.entry))
      }
    }
    let tallies = ranking.standings.indices.map { index in
      parts.reduce(into: EntryTally()) { $0.add($1.tallies[index]) }
    }
    return (tallies, areWritten)
  }

  /// Writes some puzzles.
  private func write(
    _ range: Range<Int>, to output: SiteOutput, under part: String, keepsLines: Bool
  ) throws -> Part {
    let examples = try board.puzzles(of: ranking.benchmark.id, in: range)
    let predictions = try board.predictions(of: ranking.standings.map(\.entry.id), in: range)
    let shown = try board.demonstrations(of: ranking.benchmark.id, in: range)
    guard examples.count == range.count, shown.count == range.count,
      predictions.count == ranking.standings.count,
      predictions.allSatisfy({ $0.count == range.count })
    else {
      throw GymError(
        "the board gave too few puzzles or answers",
        at: "puzzles \(range.lowerBound + 1) to "
          + "\(range.upperBound)", expected: "\(range.count) each")
    }
    let budget = Self.maximumSteps / max(1, ranking.benchmark.count)
    let standings = ranking.standings
    var made = Part(
      tallies: Array(repeating: EntryTally(), count: standings.count),
      lines: Array(repeating: ScriptText(), count: keepsLines ? standings.count : 0))
    for (entry, answers) in predictions.enumerated() {
      let solved = standings[entry].entry.results.solved
      for (puzzle, prediction) in zip(range, answers) {
        made.tallies[entry].add(prediction, isSolved: solved[puzzle])
        guard keepsLines else { continue }
        painter.write(
          prediction, of: ranking.benchmark.puzzleID(puzzle), to: &made.lines[entry])
      }
    }
    var shard = PuzzleShard(first: range.lowerBound)
    func finish() throws {
      try output.write(shard.text, to: part + PuzzleShard.file(first: shard.first))
      made.firsts.append(shard.first)
    }
    for (offset, example) in examples.enumerated() {
      if shard.isFull {
        try finish()
        shard = PuzzleShard(first: range.lowerBound + offset)
      }
      try shard.add(
        example, demonstrations: shown[offset],
        predictions: PuzzleShard.Answers(all: predictions, at: offset),
        painter: painter, stepBudget: budget)
    }
    try finish()
    return made
  }
}

/// The words of pages about a task: its rules, and the meanings of its symbols.
struct TaskWords: Sendable {
  /// The rules in a sentence or two.
  let rules: String
  /// The meanings of symbols and places; empty if the task explains none.
  let legend: [LegendEntry]

  /// The words of a task.
  init(_ task: any Task) {
    (rules, legend) = (task.rules, task.legend)
  }

  /// The legend as a list; nothing if there is none.
  var legendList: HTML {
    guard !legend.isEmpty else { return "" }
    let items = legend.map { entry -> HTML in
      let symbols = entry.symbols.isEmpty ? "Layout" : entry.shownSymbols
      return "<div><dt>\(symbols)</dt><dd>\(entry.meaning)</dd></div>\n"
    }
    return """
      <p class="hint">What the symbols and places of a puzzle mean:</p>
      <dl class="symbols" aria-label="Symbols">\(items.joined())</dl>

      """
  }
}
