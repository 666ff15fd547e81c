import ArgumentParser
import Foundation
import Leaderboard

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
