import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON
import GymReports

/// `reasongym leaderboard`: manages boards, which judge every answer themselves.
struct LeaderboardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leaderboard",
    abstract: "Compare agents on boards that judge every answer themselves.",
    discussion: Help.flowing(
      """
      A board is one file. It holds the puzzles, takes predictions and never scores, judges each
      answer by the task's rules, and says which differences are real.

      A first board:
        reasongym leaderboard create board.db --data data/sudoku
        reasongym evaluate runs/first --data data/sudoku --submit board.db
        reasongym leaderboard show board.db
      """),
    subcommands: [
      LeaderboardCreateCommand.self, LeaderboardListCommand.self, LeaderboardSubmitCommand.self,
      LeaderboardAttachCommand.self, LeaderboardShowCommand.self, LeaderboardCompareCommand.self,
      LeaderboardVerifyCommand.self, LeaderboardQuestionsCommand.self, LeaderboardKeyCommand.self,
      LeaderboardExportCommand.self, LeaderboardImportCommand.self, LeaderboardPageCommand.self,
      LeaderboardServeCommand.self,
    ])
}

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
    var table = TextTable([
      ("benchmark", .left, TextTable.always), ("task", .left, 4), ("split", .left, 3),
      ("puzzles", .right, 5), ("entries", .right, TextTable.always), ("answers", .left, 2),
      ("data", .left, 1), ("puzzles", .left, TextTable.always),
    ])
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

/// `reasongym leaderboard key`: makes a key for signing exports.
struct LeaderboardKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make a key that signs exported entries, and print its public half.",
    discussion: Help.flowing(
      """
      Keep the file to yourself; give the public key to those who import from you.

      Examples:
        reasongym leaderboard key --out board.key
      """))

  @Option(help: ArgumentHelp("The new file.", valueName: "FILE"), completion: .file())
  var out: String

  func run() throws {
    let key = try BoardKey()
    try key.write(to: URL(fileURLWithPath: out))
    print(key.publicKey)
  }
}
