import Gym
import GymEvaluation
import JSON

/// A participant: an agent's name, configuration and costs.
public struct Participant: Sendable, Hashable {
  /// The agent's display name: any text of 1 to 80 characters without control characters. Code that
  /// shows it must escape it for its context.
  public let agent: String
  /// The agent's configuration, an object.
  public let configuration: JSON
  /// The seed that the agent was trained or run with.
  public let seed: UInt64?
  /// The version of the code, such as a commit or a release.
  public let codeVersion: String?
  /// Whether the agent was given the task's rules, as a solver is; such entries are marked.
  public let usesRules: Bool
  /// Whether the puzzles have demonstrations that the agent did not use; such entries are marked.
  public let ignoresDemonstrations: Bool
  /// Its costs.
  public let usage: UsageReport
  /// Its training curve; nil if unknown.
  public let curve: LearningCurve?
  /// Its accuracy with several amounts of thinking; nil if nobody measured it.
  public let scaling: ScalingCurve?
  /// The findings of a probe inside it; nil if nobody looked.
  public let probe: ProbeFindings?
  /// The commands that train and ask it again, in one line; nil if unknown.
  public let command: String?
  /// The processor that it was trained and asked on; nil if unknown.
  public let machine: String?

  /// A participant.
  ///
  /// - Throws: a `GymError` if a text or number is not fit for display.
  public init(
    agent: String, configuration: JSON = [:], seed: UInt64? = nil, codeVersion: String? = nil,
    usesRules: Bool = false, ignoresDemonstrations: Bool = false,
    usage: UsageReport = UsageReport(), curve: LearningCurve? = nil,
    scaling: ScalingCurve? = nil, probe: ProbeFindings? = nil, command: String? = nil,
    machine: String? = nil
  ) throws {
    try PlainText.check(agent, what: "the agent's name", limit: 80)
    if let codeVersion { try PlainText.check(codeVersion, what: "the code's version", limit: 120) }
    if let command { try PlainText.check(command, what: "the command", limit: 4000) }
    if let machine { try PlainText.check(machine, what: "the processor", limit: 120) }
    guard configuration.object != nil else {
      throw GymError("the configuration is \(configuration.kind)", expected: "an object")
    }
    guard try ContentID.canonicalText(of: configuration).utf8.count <= 64 << 10 else {
      throw GymError("the configuration is too long", expected: "at most 64 KiB")
    }
    try usage.check()
    (self.agent, self.configuration, self.seed) = (agent, configuration, seed)
    (self.codeVersion, self.usesRules) = (codeVersion, usesRules)
    self.ignoresDemonstrations = ignoresDemonstrations
    (self.usage, self.curve, self.scaling, self.probe) = (usage, curve, scaling, probe)
    (self.command, self.machine) = (command, machine)
  }
}
