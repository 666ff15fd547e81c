import GymBoards
import GymJSON
import GymReports

/// The page that documents the files of results and the API of a server.
struct DataPage: Sendable {
  /// The path from this page to the folder of styles and scripts.
  let root: String
  /// The title and address of the page to return to.
  let back: PageShell.Link

  private static let members: [(name: String, meaning: String)] = [
    ("rank, rank-range", "The shared rank, and the possible ranks (McNemar, Holm)."),
    ("entry", "The entry’s id: a hash of benchmark, agent, settings, seed and answers."),
    ("contestant", "Agent, settings, seed, version, costs (ledger), learning curve, scaling."),
    ("kind", "learner; rules, if it was given them; guesser, if it only counts."),
    ("solved", "count, solved, accuracy, and the 95 % interval (Wilson)."),
    ("by-rating", "The same for each of the task’s levels of difficulty."),
    ("cell-accuracy, segments", "The share of cells right, and the mean segments of an answer."),
    ("families", "Agents with several seeds: mean, deviation, interval over seeds and puzzles."),
    ("pareto", "For each cost, the learners that no other one beats in cost and accuracy."),
  ]

  private static let calls: [(call: String, meaning: String)] = [
    ("GET /api/benchmarks", "All benchmarks: id, name, task, split, puzzles, data-hash."),
    ("GET /api/ranking?benchmark=NAME", "The ranking: standings, best first, with intervals."),
    (
      "POST /api/submissions?benchmark=NAME&agent=NAME",
      "Judges answers, one JSON object per line; needs the header Authorization: Bearer TOKEN. "
        + "Further parameters: seed, code-version, data-hash; or a header Contestant with the whole "
        + "contestant as JSON."
    ),
  ]

  var page: HTML {
    let members = Self.members.map {
      "<tr><th scope=\"row\"><code>\($0.name)</code></th><td>\($0.meaning)</td></tr>\n" as HTML
    }
    let calls = Self.calls.map {
      "<tr><th scope=\"row\"><code>\($0.call)</code></th><td>\($0.meaning)</td></tr>\n" as HTML
    }
    return PageShell(
      title: "Data and API", root: root, links: [back],
      footer: "Every answer on this board was judged by its task’s rules."
    ).page(
      """
      <h1>Data and API</h1>
      <section><h2>Files beside these pages</h2>
      <p>Each benchmark’s folder has <code>results.csv</code>, <code>results.json</code>, \
      <code>table.md</code> and <code>table.tex</code>; <code>charts/</code> has every chart as SVG, \
      <code>predictions/</code> the answers of each entry as JSON lines, unless there are too many. \
      Shares are from 0 to 1; unknown values are absent or null.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Members of results.json">
      <table class="words"><thead><tr><th scope="col">In results.json</th><th scope="col">Meaning\
      </th></tr></thead><tbody>
      \(members.joined())</tbody></table></div></section>
      <section><h2>The server’s API</h2>
      <p><code>reasongym leaderboard serve BOARD</code> prints its address and answers these calls \
      in JSON. An error is an object with the member <code>error</code>. If there is one benchmark, \
      its name may be left out.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Calls of the API">
      <table class="words"><thead><tr><th scope="col">Call</th><th scope="col">Answer\
      </th></tr></thead><tbody>
      \(calls.joined())</tbody></table></div>
      <pre class="example" tabindex="0">curl 'ADDRESS/api/ranking?benchmark=NAME'
      curl -H 'Authorization: Bearer TOKEN' --data-binary @answers.jsonl \\
        'ADDRESS/api/submissions?benchmark=NAME&amp;agent=mine&amp;seed=1'</pre></section>

      """)
  }
}

/// The results as files: for programs, for a README, and for a paper.
struct DataSection: Sendable {
  let ranking: Ranking
  /// The path from the benchmark's folder to that of the page about files and the API.
  let root: String

  /// The files with their texts, by their paths in the benchmark's folder.
  var files: [(path: String, text: String)] {
    let paper = PaperTable(ranking)
    return [
      ("results.csv", GymBoards.RankingTable(ranking).csv),
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
      SVG with caption. <a href="\(root)data.html">Data and API</a> explains the files and the \
      server’s API for programs.</p>
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
