import Foundation
import Gym
import GymBoards
import GymJSON

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
