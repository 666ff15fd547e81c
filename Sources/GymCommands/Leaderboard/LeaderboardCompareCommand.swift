import ArgumentParser
import Gym
import GymBoardStore
import GymBoards
import GymJSON
import GymReports

/// `reasongym leaderboard compare`: compares two entries on the same puzzles.
struct LeaderboardCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two entries on the puzzles that only one of them solved.",
    discussion: Help.flowing(
      """
      Entries are named by the first digits of their ids, as `leaderboard show` lists them.

      Examples:
        reasongym leaderboard compare board.db 3fa8 91c0
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Argument(help: ArgumentHelp("An entry.", valueName: "ENTRY"))
  var first: String

  @Argument(help: ArgumentHelp("Another entry.", valueName: "ENTRY"))
  var second: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let board = try Board(path: board, for: .reading)
    let (a, b) = try (board.entry(first), board.entry(second))
    guard a.benchmark == b.benchmark else {
      throw GymError("the entries are of two benchmarks", expected: "two entries of one")
    }
    let ranking = try board.ranking(of: board.benchmark(a.benchmark))
    let places = [a, b].map { entry in ranking.standings.firstIndex { $0.entry.id == entry.id } }
    guard let i = places[0], let j = places[1], i != j else {
      throw GymError("an entry cannot be compared with itself", expected: "two entries")
    }
    let pair = ranking.comparison(i, j)
    if json {
      print(json(pair).text(.pretty))
      return
    }
    var table = TextTable(("entry", .left), ("agent", .left), ("solved", .right), ("alone", .right))
    for (entry, alone) in [(a, pair.wins), (b, pair.losses)] {
      table.add(
        entry.shortID, entry.participant.agent, "\(entry.results.solvedCount)", "\(alone)")
    }
    print(table.text(width: Terminal.output.width))
    print(
      "p \(Figures.relation(pair.pValue)) (McNemar, exact), "
        + "\(Figures.relation(pair.adjustedPValue)) after Holm's correction over all pairs: "
        + (pair.differs ? "they differ at 5 %." : "no difference at 5 %."))
  }

  private func json(_ pair: PairedComparison) -> JSON {
    [
      "first": .string(first), "second": .string(second), "wins": JSON(pair.wins),
      "losses": JSON(pair.losses), "p": .number(pair.pValue),
      "adjusted-p": .number(pair.adjustedPValue), "differs": .bool(pair.differs),
    ]
  }
}
