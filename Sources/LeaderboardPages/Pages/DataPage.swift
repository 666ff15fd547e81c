import GymReports

/// The page that documents the files of results and the API of a server.
struct DataPage: Sendable {
  /// The path from this page to the folder of styles and scripts.
  let root: String
  /// The title and address of the page to return to.
  let back: PageShell.Link

  private static let members: [(name: String, meaning: String)] = [
    ("rank, rank-range", "The shared rank, and the ranks that the data allow (McNemar, Holm)."),
    ("entry", "The entry’s id: a hash of benchmark, agent, settings, seed and answers."),
    ("contestant", "Agent, settings, seed, version, costs (ledger), learning curve, scaling."),
    ("kind", "learner; rules, if it was given them; guesser, if it only counts."),
    ("solved", "count, solved, accuracy, and the 95 % interval (Wilson)."),
    ("by-rating", "The same for each of the task’s levels of difficulty."),
    ("cell-accuracy, segments", "The share of cells right, and the mean segments of an answer."),
    ("families", "Agents with several seeds: mean, standard deviation, interval over seeds."),
    ("pareto", "For each cost, the entries that no other beats in cost and accuracy."),
  ]

  private static let calls: [(call: String, meaning: String)] = [
    ("GET /api/benchmarks", "All benchmarks: id, name, task, split, puzzles, data-hash."),
    ("GET /api/ranking?benchmark=NAME", "The ranking: standings, best first, with intervals."),
    (
      "POST /api/submissions?benchmark=NAME&agent=NAME",
      "Judges answers, one JSON object a line; needs the header Authorization: Bearer TOKEN. "
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
      <code>predictions/</code> the answers of each entry as JSON lines where they are few enough. \
      Shares are from 0 to 1; unknown values are absent or null.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Members of results.json">
      <table class="words"><thead><tr><th scope="col">In results.json</th><th scope="col">Meaning\
      </th></tr></thead><tbody>
      \(members.joined())</tbody></table></div></section>
      <section><h2>Asking a server</h2>
      <p><code>reasongym leaderboard serve BOARD</code> prints its address and answers these calls \
      in JSON. An error is an object with the member <code>error</code>. If there is one benchmark, \
      its name may be left out.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Calls of the API">
      <table class="words"><thead><tr><th scope="col">Call</th><th scope="col">Answer\
      </th></tr></thead><tbody>
      \(calls.joined())</tbody></table></div>
      <pre tabindex="0">curl 'ADDRESS/api/ranking?benchmark=NAME'
      curl -H 'Authorization: Bearer TOKEN' --data-binary @answers.jsonl \\
        'ADDRESS/api/submissions?benchmark=NAME&amp;agent=mine&amp;seed=1'</pre></section>

      """)
  }
}
