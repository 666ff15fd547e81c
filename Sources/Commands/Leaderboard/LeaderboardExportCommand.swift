import ArgumentParser
import Foundation
import Gym
import Leaderboard
import LeaderboardStore

/// `reasongym leaderboard export`: writes an entry for another board.
struct LeaderboardExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write an entry with its predictions, signed, for another board.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym leaderboard export board.db 3fa8 --key board.key --out entry.jsonl
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Argument(
    help: ArgumentHelp("The entry: the first digits of its id.", valueName: "ENTRY"),
    completion: .file())
  var entry: String

  @Option(
    help: ArgumentHelp("The key's file; see `leaderboard key`.", valueName: "FILE"),
    completion: .file())
  var key: String

  @Option(help: ArgumentHelp("The new file.", valueName: "FILE"), completion: .file())
  var out: String

  func run() throws {
    let key = try BoardKey(contentsOf: URL(fileURLWithPath: key))
    let board = try Board(path: board, for: .reading)
    let entry = try board.entry(entry)
    try board.export(entry, signedBy: key, to: URL(fileURLWithPath: out))
    print("Wrote \(entry.participant.agent), entry \(entry.shortID), to \(out)")
    print("signed by \(key.publicKey)")
  }
}
