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

/// A file that `scale --json` or `probe --json` printed.
struct AgentStudy {
  private let path: String
  private let json: JSON

  init(_ path: String) throws {
    self.path = path
    json = try JSON(contentsOf: URL(fileURLWithPath: path))
  }

  /// The curve that `scale` measured.
  func scaling() throws -> ScalingCurve {
    try GymError.located(path) { try ScalingCurve(study: json) }
  }

  /// The findings of `probe`.
  func probe() throws -> ProbeFindings {
    try GymError.located(path) { try ProbeFindings(study: json) }
  }

  /// Checks that the study is of a participant, as far as both say what they are.
  ///
  /// - Throws: a `GymError` if it has other settings, or if only the study's answers were chosen by
  ///   the task's rules.
  func check(isOf participant: Participant) throws {
    let agents = json["agents"]?.array
    let own = agents.map { $0.count == 1 ? $0[0]["configuration"] : ["agents": .array($0)] }
    // Whoever submits a file may leave the configuration out; this program never does.
    let isTold = participant.configuration != [:] || participant.machine != nil
    if let configuration = own ?? json["configuration"], isTold,
      configuration != participant.configuration
    {
      let name = (agents?.first?["agent"] ?? json["agent"])?.string ?? "an agent"
      throw GymError(
        "the study is of \(name.prefix(60)) with other settings than \(participant.agent)'s",
        at: path, expected: "a study of the entry's own agent")
    }
    if json["uses-rules"]?.bool == true, !participant.usesRules {
      throw GymError(
        "the study's answers were given or chosen by the task's rules, the entry's were not",
        at: path, expected: "a study of an agent without rules, and without --votes-verify",
        remedy: "If the entry's agent has the rules too, submit it with --uses-rules")
    }
  }
}
