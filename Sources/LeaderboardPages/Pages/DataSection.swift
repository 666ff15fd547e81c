import GymReports
import JSON
import Leaderboard

/// The results as files: for programs, for a README, and for a paper.
struct DataSection: Sendable {
  let ranking: Ranking
  /// The path from the benchmark's folder to that of the page about files and the API.
  let root: String

  /// The files with their texts, by their paths in the benchmark's folder.
  var files: [(path: String, text: String)] {
    let paper = PaperTable(ranking)
    return [
      ("results.csv", Leaderboard.RankingTable(ranking).csv),
      ("results.json", ranking.json.withoutCurves.text() + "\n"),
      ("table.md", paper.markdown), ("table.tex", paper.latex),
    ]
  }

  var html: HTML {
    let paper = PaperTable(ranking)
    return """
      <p>Every entry with its interval and costs as <a href="results.csv" download>CSV</a> and \
      <a href="results.json" download>JSON</a>; one row per agent with intervals as \
      <a href="table.md" download>Markdown</a> for a README and as \
      <a href="table.tex" download>LaTeX</a> (booktabs) for a paper. Every chart has a link to its \
      SVG with caption. What the files hold, and how programs ask a server for them: \
      <a href="\(root)data.html">data and API</a>.</p>
      <details><summary>The Markdown table</summary>
      <pre tabindex="0">\(paper.markdown)</pre></details>
      <details><summary>The LaTeX table</summary>
      <pre tabindex="0">\(paper.latex)</pre></details>

      """
  }
}

extension JSON {
  /// A ranking without its entries' learning curves, which would be most of it.
  var withoutCurves: JSON {
    guard var ranking = object, let standings = ranking["standings"]?.array else { return self }
    ranking["standings"] = .array(
      standings.map { standing in
        guard var own = standing.object, var participant = own["contestant"]?.object else {
          return standing
        }
        participant["curve"] = nil
        own["contestant"] = .object(participant)
        return .object(own)
      })
    return .object(ranking)
  }
}
