import ArgumentParser
import Foundation
import Leaderboard

/// The secret seed of a sealed benchmark, for commands that judge.
struct SecretSeedOption: ParsableArguments {
  @Option(
    name: .customLong("secret-seed"),
    help: ArgumentHelp("The file with a sealed benchmark's secret seed.", valueName: "FILE"),
    completion: .file())
  var file: String?

  /// The seed of the file, if one is named.
  func read() throws -> SecretSeed? {
    try file.map { try SecretSeed(contentsOf: URL(fileURLWithPath: $0)) }
  }
}
