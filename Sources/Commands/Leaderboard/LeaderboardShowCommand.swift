import ArgumentParser
import Gym
import JSON
import Leaderboard
import LeaderboardStore

/// `reasongym leaderboard show`: prints the ranking.
struct LeaderboardShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a benchmark's ranking.",
    discussion: Help.flowing(
      """
      Agents are ranked by the puzzles that they wholly solve. Entries between two lines share a
      rank, since none of them differ at 5 %: McNemar's exact test on the puzzles that only one of
      two solved, with Holm's correction over all pairs. The interval is Wilson's, 95 %.

      Examples:
        reasongym leaderboard show board.db
        reasongym leaderboard show board.db --benchmark maze-dev --csv > ranking.csv
      """))

  @OptionGroup var options: BoardOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print comma-separated values.")
  var csv = false

  @Flag(help: "Print a Markdown table for a README: a row per agent, with intervals.")
  var markdown = false

  @Flag(help: "Print the same table in LaTeX (booktabs) for a paper.")
  var latex = false

  func validate() throws {
    guard [json, csv, markdown, latex].count(where: { $0 }) <= 1 else {
      throw ValidationError("Choose one of --json, --csv, --markdown and --latex.")
    }
  }

  func run() throws {
    let board = try options.open(for: .reading)
    let ranking = try board.ranking(of: options.choose(on: board))
    if json {
      print(ranking.json.text(.pretty))
    } else if csv {
      print(RankingTable(ranking).csv, terminator: "")
    } else if markdown {
      print(PaperTable(ranking).markdown, terminator: "")
    } else if latex {
      print(PaperTable(ranking).latex, terminator: "")
    } else {
      print(RankingText(ranking, terminal: .output).text, terminator: "")
    }
  }
}

extension Board {
  /// The current ranking of a benchmark.
  func ranking(of benchmark: Benchmark) throws -> Ranking {
    try Ranking(
      entries(of: benchmark.id), on: benchmark, ratings: ratings(of: benchmark.id))
  }
}
