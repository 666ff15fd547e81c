import Foundation
import GymReports
import Leaderboard

/// The puzzles of a benchmark in figures: number, settings, origin, ratings.
struct FactsSection: Sendable {
  let ranking: Ranking

  var html: HTML {
    let benchmark = ranking.benchmark
    let learners = ranking.standings.count { !$0.entry.participant.kind.isReference }
    let entries = ranking.standings.count
    let items = [
      ("Puzzles", Figures.count(benchmark.count)),
      (
        "Entries",
        entries == learners
          ? Figures.count(entries) : "\(learners) that learned, \(entries - learners) for reference"
      ),
      ("Split", benchmark.split + (benchmark.isHeldBack ? " (\(benchmark.answers.rawValue))" : "")),
      ("Settings", ranking.puzzles.settings),
      ("Origin", benchmark.origin),
      ("Difficulty", ranking.puzzles.ratings ?? ""),
      ("Data", benchmark.dataHash.shortened(to: 13)),
      ("Last entry", ranking.standings.map(\.entry.submitted).max().map(Figures.day) ?? "–"),
    ].filter { !$0.1.isEmpty }
    let list = items.map { "<div><dt>\($0.0)</dt><dd><bdi>\($0.1)</bdi></dd></div>\n" as HTML }
    let histogram: HTML =
      RatingHistogram(ranking.puzzles).map {
        "<figure class=\"ratings\">\($0.svg)</figure>\n"
      } ?? ""
    return """
      <div class="about"><dl class="facts">\(list.joined())</dl>
      \(histogram)</div>

      """
  }
}
