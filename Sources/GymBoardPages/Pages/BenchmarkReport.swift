import Foundation
import GymBoards
import GymReports

/// The pages of one benchmark, without its puzzles.
struct BenchmarkReport: Sendable {
  let ranking: Ranking
  /// The time at which the pages were made.
  let made: Date
  /// The path from these pages to the folder of styles and scripts.
  let root: String
  /// Whether there is a list of several benchmarks to return to.
  let hasList: Bool
  /// The colors of the agents.
  let colors: AgentColors
  /// The task's words; nil if the task is not known here.
  let words: TaskWords?
  /// A puzzle to show at the top, and its number if a reader may look at it.
  let sample: (drawing: StillDrawing, number: Int?)?

  var benchmark: Benchmark { ranking.benchmark }
  var standings: [Standing] { ranking.standings }

  /// The maximum number of entries in line charts and in the matrix.
  static let shownInCharts = 6
  static let shownInMatrix = 12

  /// The sections of the overview that are not empty.
  private var sections: [(id: String, title: String, html: HTML)] {
    [
      ("ranking", "Ranking", RankingTable(ranking: ranking, colors: colors).html),
      ("difficulty", "Difficulty", RatingSection(ranking: ranking, colors: colors).html),
      ("learning", "Learning", LearningSection(ranking: ranking, colors: colors).html),
      ("cost", "Cost", CostSection(ranking: ranking, colors: colors).html),
      ("scaling", "Scaling", scaling.html),
      ("pairs", "Head to head", PairSection(ranking: ranking, colors: colors).html),
      ("puzzles", "Puzzles", puzzles),
      ("data", "Data", ranking.standings.isEmpty ? "" : data.html),
    ].filter { !$0.html.text.isEmpty }
  }

  private var data: DataSection { DataSection(ranking: ranking, root: root) }

  private var scaling: ScalingSection {
    ScalingSection(standings: ranking.standings, colors: colors)
  }

  /// The charts of the overview, which are files, too.
  var charts: [ChartFile] {
    LearningSection(ranking: ranking, colors: colors).charts
      + CostSection(ranking: ranking, colors: colors).charts
      + [RatingSection(ranking: ranking, colors: colors).chart, scaling.chart].compactMap { $0 }
  }

  /// The first page.
  var overview: HTML {
    let sections = sections
    let shell = PageShell(
      title: "\(benchmark.name) – leaderboard", root: root,
      links: back + sections.map { .init(title: $0.title, target: "#\($0.id)") },
      scripts: ["\(root)ranking.js", "\(root)copying.js"], footer: footer)
    let body = sections.map { section -> HTML in
      """
      <section id="\(section.id)" aria-labelledby="\(section.id)-title">
      <h2 id="\(section.id)-title">\(section.title)</h2>
      \(section.html)</section>

      """
    }
    let lead = LeadSection(
      ranking: ranking, colors: colors, words: words, sample: sample?.drawing,
      sampleNumber: sample?.number)
    return shell.page(lead.html + body.joined())
  }

  /// The page on which any two entries are compared.
  var pairs: HTML {
    let shell = PageShell(
      title: "Head to head – \(benchmark.name)", root: root, links: back + inner,
      scripts: ["\(root)pairs.js"] + (benchmark.isHeldBack ? [] : ["puzzles/index.js"])
        + ["pairs-data.js"], footer: footer)
    return shell.page(
      """
      <p class="eyebrow"><bdi>\(benchmark.name)</bdi></p>
      <h1>Head to head</h1>
      <p class="intro">Any two entries on the same \(Figures.count(benchmark.count)) puzzles. \
      \(PairSection.explanation)</p>
      <div id="pair-tool" hidden><form class="tools" id="pair-choice">
      <div><label for="pair-entry">Compare</label><select id="pair-entry"></select></div>
      <div><label for="pair-other">With</label><select id="pair-other"></select></div></form>
      <p class="verdict-line" id="pair-verdict" role="status"></p>
      <h2 class="alone" id="pair-first-title">Only the first solved</h2>
      <p class="puzzle-links" id="pair-first"></p>
      <h2 class="alone" id="pair-second-title">Only the second solved</h2>
      <p class="puzzle-links" id="pair-second"></p>
      <section aria-labelledby="all-title"><h2 id="all-title">Against all others</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Comparison with all others">
      <table class="pairs"><caption id="pair-caption"></caption><thead><tr><th scope="col">Against\
      </th><th scope="col">Only <span id="pair-name"></span></th><th scope="col">Only the other\
      </th><th scope="col">p-value</th><th scope="col">Verdict</th></tr></thead>
      <tbody id="pair-rows"></tbody></table></div></section></div>
      <noscript><p class="note">Choosing entries needs JavaScript. Here are the best \
      \(min(Self.shownInMatrix, standings.count)):</p>\(PairSection(ranking: ranking, colors: colors).matrix)\
      </noscript>

      """)
  }

  /// The puzzle browser.
  var browser: HTML {
    let shell = PageShell(
      title: "Puzzles – \(benchmark.name)", root: root, links: back + inner,
      scripts: ["\(root)puzzles.js", "puzzles/index.js"], footer: footer)
    return shell.page(
      """
      <p class="eyebrow"><bdi>\(benchmark.name)</bdi></p>
      \(Assets.browser)\(words?.legendList ?? "")
      """)
  }

  private var inner: [PageShell.Link] { [.init(title: "Overview", target: "index.html")] }

  private var back: [PageShell.Link] {
    hasList ? [.init(title: "All benchmarks", target: "\(root)index.html")] : []
  }

  var footer: String {
    "Every answer was judged by the rules of \(benchmark.task), not by its submitter. "
      + "Hash of the dataset: \(benchmark.dataHash.prefix(12)). Page made on \(Figures.day(made))."
  }

  private var puzzles: HTML {
    if benchmark.isHeldBack {
      return """
        <p>The answers to this benchmark are \(benchmark.answers.rawValue), so its puzzles are \
        not shown.</p>

        """
    }
    return """
      <p>Each of the \(Figures.count(benchmark.count)) puzzles with every answer drawn beside it, \
      wrong cells marked, and the intermediate answers of agents that record them.</p>
      <p><a class="button" href="puzzles.html">Browse the puzzles</a></p>

      """
  }
}
