import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON

/// `reasongym leaderboard attach`: adds measurements to an entry, for its page.
struct LeaderboardAttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Add what `scale` and `probe` measured to an entry, for its page.",
    discussion: Help.flowing(
      """
      The entry keeps its id, rank and answers; measurements of the same kind that it had are
      replaced.

      Examples:
        reasongym scale runs/first --data data/sudoku --json > scale.json
        reasongym probe runs/first --data data/sudoku --json > probe.json
        reasongym leaderboard attach board.db 3fa8 \\
          --scale scale.json --probe probe.json
      """))

  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Argument(help: ArgumentHelp("The entry: the first digits of its id.", valueName: "ENTRY"))
  var entry: String

  @Option(
    help: ArgumentHelp("What `scale --json` printed.", valueName: "FILE"), completion: .file())
  var scale: String?

  @Option(
    help: ArgumentHelp("What `probe --json` printed.", valueName: "FILE"), completion: .file())
  var probe: String?

  func validate() throws {
    if scale == nil, probe == nil {
      throw ValidationError("There is nothing to attach: pass --scale, --probe or both.")
    }
  }

  func run() throws {
    let (scaling, probe) = (try scale.map(AgentStudy.init), try probe.map(AgentStudy.init))
    let path = board
    let board = try Board(path: path, for: .writing)
    let found = try board.entry(entry)
    for study in [scaling, probe] { try study?.check(isOf: found.participant) }
    let entry = try board.attach(
      to: found, scaling: scaling?.scaling(), probe: probe?.probe())
    print(
      "The page of \(entry.participant.agent), entry \(entry.shortID), tells it: "
        + "`reasongym leaderboard page \(path)` writes it.")
  }
}
