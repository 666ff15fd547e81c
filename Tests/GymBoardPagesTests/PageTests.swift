import Foundation
import Gym
import GymBoardPages
import GymBoards
import GymEvaluation
import GymJSON
import GymTestSupport
import Testing

/// What the pages say, held against the ranking that they are made from.
@Suite struct PageTests {
  private func site(_ board: any BoardReading) throws -> [String: String] {
    try withTemporaryFolder { folder in
      let site = folder.appendingPathComponent("site")
      try LeaderboardSite(board: board).write(to: site)
      return try SiteTests.files(site)
    }
  }

  /// A page without the marks around options of commands.
  private func commands(_ page: String) -> String {
    page.replacing("<span>", with: "").replacing("</span>", with: "")
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f\u{A0}%%", share * 100) }

  @Test("A board's page begins with the best agent that learned")
  func theBestThatLearnedIsFirst() throws {
    let board = try Boards.small(puzzles: 200)
    let page = try #require(site(board)["index.html"])
    let ranking = Ranking(board.entries, on: board.benchmark)
    let best = try #require(ranking.bestLearner)
    #expect(best.agent == "HRM" && best.seeds == 3)
    let lead = try #require(page.components(separatedBy: "</header>").first)
    #expect(lead.contains("Best agent that learned"))
    #expect(lead.contains("<span class=\"big\">\(percent(best.accuracy.mean))</span>"))
    #expect(lead.contains("mean of 3 training runs"))
    let (low, high) = (percent(best.interval.lowerBound), percent(best.interval.upperBound))
    #expect(lead.contains("\(low) to \(high)"))
    #expect(lead.contains("<dt>Training, per run</dt><dd>300\u{A0}TFLOP</dd>"))
    #expect(lead.contains("Depth-first search</bdi> 100\u{A0}% (knows the rules)"))
    #expect(lead.contains("5 of 6 learning agents were trained with one seed"))
    #expect(lead.contains("Fill the grid.") && lead.contains("toy &lt;0&gt; (67)"))
    // The puzzle that is drawn, and the histogram of ratings.
    #expect(lead.contains("class=\"drawing\"") && lead.contains("class=\"column\""))
  }

  @Test("Costs too small for a prefix stand apart from their unit")
  func smallCostsHaveAUnit() throws {
    var usage = UsageReport(.measured)
    (usage.flops, usage.trainingFlops) = (5000, 700)
    let board = try ToyBoard([.init(name: "tiny", skill: 1, usage: usage)], puzzles: 10)
    let page = try #require(site(board)["index.html"])
    #expect(page.contains("<dt>Training, per run</dt><dd>700\u{A0}FLOP</dd>"))
    #expect(page.contains("<dt>Thinking, per puzzle</dt><dd>500\u{A0}FLOP</dd>"))
    #expect(!page.contains("500FLOP"))
  }

  @Test("The best agent's cost and command are on the first screen, and linked from the list")
  func theBestCanBeReproduced() throws {
    let page = try #require(site(Boards.small(puzzles: 60))["index.html"])
    let lead = try #require(page.components(separatedBy: "</header>").first)
    #expect(lead.contains("<strong>300\u{A0}trillion operations in 25\u{A0}min</strong>"))
    #expect(lead.contains("on a processor with 8 cores, measured by the gym’s own runner"))
    #expect(lead.contains("<div id=\"reproduce\"><p>The run with seed 0;"))
    #expect(commands(lead).contains("reasongym train hrm --data DATA --set hidden=64 --seed 0"))
    let list = try #require(site(Boards.several())["index.html"])
    #expect(list.contains("training took 300\u{A0}trillion operations in 25\u{A0}min"))
    #expect(list.contains("href=\"b1/index.html#reproduce\""))
    #expect(list.contains("href=\"b1/pairs.html\""))
  }

  @Test("The puzzles that only one of two agents solved are linked")
  func puzzlesThatTellAgentsApartAreLinked() throws {
    let board = try Boards.small(puzzles: 200)
    let files = try site(board)
    let ranking = Ranking(board.entries, on: board.benchmark)
    let best = try #require(ranking.bestLearner)
    let next = try #require(ranking.contenders.first { $0.kind == .learner && $0 != best })
    let (first, second) = (best.members[0], next.members[0])
    let (own, other) = (
      ranking.standings[first].entry.results.solved, ranking.standings[second].entry.results.solved
    )
    let alone = (0..<200).filter { own[$0] && !other[$0] }
    #expect(alone.count > 5)
    let lead = try #require(files["index.html"]?.components(separatedBy: "</header>").first)
    let links = alone.prefix(5).map {
      "<a href=\"puzzles.html#\($0 + 1)/\(first + 1)\">#\($0 + 1)</a>"
    }
    #expect(lead.contains("Between their best runs, <bdi>HRM (seed "))
    let label = "HRM (seed \(ranking.standings[first].entry.participant.seed ?? 9))</bdi>"
    #expect(
      lead.contains(
        "only <bdi>\(label) solved \(alone.count) puzzles (\(links.joined(separator: " ")) …)"))
    // The page of pairs opens on these two, and names entries as the ranking does.
    let data = try #require(files["pairs-data.js"])
    #expect(data.contains("\"opens\":[\(first),\(second)]"))
    #expect(data.contains("HRM (seed 1)") && data.contains("\"reference\",\"rank 1\""))
    let pairs = try #require(files["pairs.html"])
    #expect(pairs.contains("src=\"puzzles/index.js\""))
    let ids = [first, second].map { ranking.standings[$0].entry.shortID }
    #expect(files["index.html"]?.contains("pairs.html#\(ids[0])/\(ids[1])") == true)
    let heldBack = try site(Boards.small(puzzles: 60, isHeldBack: true))
    #expect(heldBack["pairs.html"]?.contains("puzzles/index.js") == false)
    #expect(heldBack["index.html"]?.contains("puzzles.html#") == false)
  }

  @Test("The puzzle page explains the task's symbols and places")
  func symbolsAreExplained() throws {
    let page = try #require(site(Boards.small(puzzles: 60))["puzzles.html"])
    #expect(page.contains("<dt>1-9</dt><dd>a &lt;digit&gt;</dd>"))
    #expect(page.contains("<dt>Layout</dt><dd>boxes are blocks of 3×3</dd>"))
  }

  @Test("Entries in the ranking can be linked, sorted and folded")
  func theRankingCanBeLinkedSortedAndFolded() throws {
    let board = try Boards.small(puzzles: 60)
    let files = try site(board)
    let page = try #require(files["index.html"])
    for entry in board.entries {
      #expect(page.contains("<tr id=\"entry-\(entry.shortID)\""))
      #expect(page.contains("href=\"#entry-\(entry.shortID)\""))
      #expect(page.contains("href=\"entries/\(entry.id.prefix(16)).html\""))
      #expect(files["entries/\(entry.id.prefix(16)).html"] != nil)
    }
    #expect(page.components(separatedBy: "data-fold=").count == 1 + 1)
    #expect(page.components(separatedBy: "data-family=").count == 1 + 3)
    #expect(page.components(separatedBy: "data-sort=").count > 6)
    #expect(page.contains("data-v=\"300000000000000.0\">300\u{A0}T</td>"))
    // An agent has one color everywhere; references have none.
    #expect(page.contains("class=\"swatch series s0\"") && page.contains("class=\"bar s0\""))
    #expect(page.contains("class=\"swatch series sr\""))
  }

  @Test("An entry's page says how to repeat it")
  func anEntryTellsHowToRepeatIt() throws {
    let board = try Boards.small(puzzles: 60)
    let files = try site(board)
    let first = board.entries[0]
    let page = try #require(files["entries/\(first.id.prefix(16)).html"])
    #expect(commands(page).contains("reasongym train hrm --data DATA --set hidden=64 --seed 0"))
    #expect(page.contains(first.id) && page.contains(board.benchmark.dataHash))
    #expect(page.contains("A processor with 8 cores") && page.contains("1.4.0"))
    for title in ["Learning", "Difficulty", "Scaling", "Confidence", "Segments", "Inside"] {
      #expect(page.contains("<h2>\(title)</h2>"), "\(title)")
    }
    // What a probe saw: charts with how to read them, and what is published to compare with.
    for title in ["Halting", "Perturbed starts", "How far states move", "Cells fixed and broken"] {
      #expect(page.contains("<h3>\(title)</h3>"), "\(title)")
    }
    #expect(page.contains("89.95") && page.contains("By segments, votes and chains"))
    #expect(
      files["charts/\(first.id.prefix(16))-halting.svg"]?.contains("class=\"column\"") == true)
    // The answers are there, and are those of the board.
    let lines = try #require(files["predictions/\(first.id.prefix(16)).jsonl"])
    let predictions = try board.predictions(of: [first.id], in: 0..<60)[0]
    #expect(lines.split(separator: "\n").count == predictions.count { $0.answer != nil })
    let line = try JSON(parsing: String(try #require(lines.split(separator: "\n").first)))
    #expect(line["id"]?.string == "test/0")
    #expect(line["answer"]?.string == ToySudoku().vocabulary.text(predictions[0].answer ?? []))
  }

  @Test("Every chart is also written as an SVG file")
  func chartsAreFilesOfTheirOwn() throws {
    let files = try site(Boards.small(puzzles: 60))
    for name in ["operations", "seconds", "steps"] {
      #expect(files["charts/learning-\(name).svg"] != nil, "\(name)")
    }
    for name in ["cost-flops", "cost-training-flops", "rating", "scaling"] {
      #expect(files["charts/\(name).svg"] != nil, "\(name)")
    }
    for (name, text) in files where name.hasPrefix("charts/") {
      #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""), "\(name)")
      #expect(text.contains("class=\"caption\"") && !text.contains("var(--"), "\(name)")
      #expect(!text.contains("<script"), "\(name)")
    }
    // Operations come first: an equal budget looks equal.
    let page = try #require(files["index.html"])
    #expect(
      page.contains("id=\"learning-0\" class=\"tab t0\" checked><label for=\"learning-0\">Op"))
  }

  @Test("A dot whose name finds no room in the narrow cost chart is named below it")
  func everyDotHasAName() throws {
    let page = try #require(site(Boards.small())["index.html"])
    let chart = try #require(page.components(separatedBy: "cost-flops-narrow").dropFirst().last)
    let figure = try #require(chart.components(separatedBy: "</figure>").first)
    let legend = try #require(figure.components(separatedBy: "class=\"legend\"").dropFirst().last)
    #expect(legend.contains("<bdi>An agent with a very long name that goes on and on,"))
    #expect(!legend.contains("HRM") && figure.contains(">HRM</text>"))
  }

  @Test("Costs are compared among agents that learned: a reference may be cheaper and better")
  func theFrontIsOfThoseThatLearned() throws {
    let page = try #require(site(Boards.small())["index.html"])
    #expect(page.contains(" entries. No other agent that learned is both cheaper and better than "))
    let references = ["first", "second"].map { name in
      ToyBoard.Player(name: name, skill: 2, usage: Boards.usage(1, 1e9, 1), usesRules: true)
    }
    let only = try #require(site(ToyBoard(references, puzzles: 20))["index.html"])
    #expect(only.contains("2 entries.") && !only.contains("better than"))
  }

  @Test("If the best runs differ in the other direction than the means, the page says so")
  func theBestRunsMayContradictTheMeans() throws {
    let board = try ToyBoard(
      [
        .init(name: "steady", skill: 0.8, seed: 0), .init(name: "steady", skill: 0.8, seed: 1),
        .init(name: "mixed", skill: 2, seed: 0), .init(name: "mixed", skill: 0, seed: 1),
      ], puzzles: 200)
    #expect(Ranking(board.entries, on: board.benchmark).bestLearner?.agent == "steady")
    let page = try #require(site(board)["index.html"])
    let words = "the difference is significant and in favor of <bdi>mixed (seed 0)</bdi> (p\u{A0}"
    #expect(page.contains(words + "&lt; 0.001"))
    #expect(page.contains("standard deviation 70.7\u{A0}%</small>"))
  }

  @Test("Agents that solve equally many are all the best of a benchmark")
  func severalMayBeTheBest() throws {
    let players = ["a", "b"].flatMap { name in
      (0..<2).map { ToyBoard.Player(name: name, skill: 2, seed: $0) }
    }
    let boards = try SeveralBoards(boards: [
      ToyBoard(players, puzzles: 20),
      ToyBoard(players, puzzles: 20, name: "explained", isExplained: true),
    ])
    let files = try site(boards)
    #expect(files["index.html"]?.components(separatedBy: "★</span>").count == 1 + 4)
    // A spread of nothing is exactly that.
    #expect(files["b1/index.html"]?.contains("standard deviation 0\u{A0}%</small>") == true)
  }

  @Test("Several benchmarks are summarized in a matrix")
  func severalBenchmarksHaveAMatrix() throws {
    let files = try site(Boards.several())
    let page = try #require(files["index.html"])
    #expect(page.contains("Who solves what") && page.contains("class=\"none\">not run</td>"))
    let best = try #require(
      Ranking(Boards.small().entries, on: Boards.small().benchmark).bestLearner)
    #expect(page.contains("<b>\(percent(best.accuracy.mean))</b>"))
    #expect(page.contains("Newest entries") && page.contains("href=\"b2/entries/"))
    let json = try JSON(parsing: try #require(files["results.json"]))
    #expect(json["benchmarks"]?.array?.count == 2)
    #expect(json["benchmarks"]?[0]?["standings"]?[0]?["contestant"]?["curve"] == nil)
    let rows = try #require(files["results.csv"]).split(separator: "\r\n")
    #expect(rows.count == 1 + 10 + 2 && rows[0].hasPrefix("benchmark,rank,"))
    #expect(files["data.html"]?.contains("GET /api/ranking?benchmark=NAME") == true)
    #expect(files["b1/table.tex"]?.contains("\\begin{tabular}") == true)
    #expect(files["b1/table.md"]?.contains("| HRM | 3 | ") == true)
  }

  @Test("The puzzle browser opens on a puzzle that distinguishes agents")
  func thePuzzlesOpenOnOneThatTellsAgentsApart() throws {
    let board = try Boards.small(puzzles: 60)
    let text = try #require(site(board)["puzzles/index.js"])
    let json = try JSON(parsing: String(text.drop { $0 != "{" }.dropLast(");\n".count)))
    let opens = try #require(json["opens"]?.integer)
    let learners = board.entries.filter { !$0.participant.kind.isReference }
    func telling(_ puzzle: Int) -> Int {
      let solved = learners.count { $0.results.solved[puzzle] }
      return min(solved, learners.count - solved)
    }
    #expect(telling(opens) == (0..<60).map(telling).max())
    // The bits of each entry, in the order of the ranking.
    let ranking = Ranking(board.entries, on: board.benchmark)
    let bits = try #require(json["bits"]?.array?.first?.string)
    let bytes = Array(try #require(Data(base64Encoded: bits)))
    for puzzle in 0..<60 {
      let isSolved = bytes[puzzle >> 3] >> UInt8(puzzle & 7) & 1 == 1
      #expect(isSolved == ranking.standings[0].entry.results.solved[puzzle])
    }
    #expect(json["levels"]?.array?.count == 4 && json["ratings"]?.array?.count == 60)
  }

  @Test("The puzzle browser shows demonstrations")
  func demonstrationsAreShown() throws {
    let files = try site(Boards.several())
    let shard = try #require(files["b2/puzzles/p0.js"])
    let json = try JSON(parsing: String(shard.drop { $0 != "{" }.dropLast(");\n".count)))
    let shown = try #require(json["puzzles"]?[0]?["d"]?.array)
    #expect(shown.count == 2 && shown[0].array?.count == 2)
    #expect(files["b1/puzzles/p0.js"]?.contains("\"d\":") == false)
  }
}
