import ArgumentParser
import Gym
import GymReports
import JSON
import Leaderboard
import LeaderboardStore

/// `reasongym leaderboard list`: lists the benchmarks of a board.
struct LeaderboardListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List a board's benchmarks.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym leaderboard list board.db
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let board = try Board(path: board, for: .reading)
    let benchmarks = try board.benchmarks()
    if json {
      print(JSON.array(benchmarks.map(\.json)).text(.pretty))
      return
    }
    var table = TextTable(
      ("benchmark", .left), ("task", .left), ("split", .left), ("puzzles", .right),
      ("entries", .right), ("answers", .left), ("data", .left),
      ("puzzles", .left))
    for benchmark in benchmarks {
      table.add(
        benchmark.name, benchmark.task.description, benchmark.split, "\(benchmark.count)",
        "\(try board.entryCount(of: benchmark.id))", benchmark.answers.rawValue,
        "\(benchmark.dataHash.prefix(8))…",
        try PuzzleSummary(
          settings: benchmark.settings, levels: benchmark.levels,
          ratings: board.ratings(of: benchmark.id)
        ).text)
    }
    print(
      benchmarks.isEmpty ? "No benchmark yet.\n" : table.text(width: Terminal.output.width),
      terminator: "")
  }
}
