import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards

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

/// `reasongym leaderboard import`: reads an entry from another board.
struct LeaderboardImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take an entry that another board exported and signed.",
    discussion: Help.flowing(
      """
      The signature and the hash of the predictions are checked, and every answer is judged again
      by the task's rules: an entry that was changed is refused.

      Examples:
        reasongym leaderboard import board.db entry.jsonl --from 8c1f…e2
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Argument(help: ArgumentHelp("The exported entry.", valueName: "FILE"), completion: .file())
  var file: String

  @Option(help: ArgumentHelp("The other board's public key.", valueName: "KEY"))
  var from: String

  @OptionGroup var tasks: BoardTaskOptions

  @OptionGroup var secret: SecretSeedOption

  func run() throws {
    let store = try Board(
      path: board, for: .writing, secretSeed: secret.read(), tasks: tasks.maker())
    let entry = try store.importEntry(from: URL(fileURLWithPath: file), signedBy: from)
    print(entry.receiptText(on: try store.benchmark(entry.benchmark), board: board))
  }
}
