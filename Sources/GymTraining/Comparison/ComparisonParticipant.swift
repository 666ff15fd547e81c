import Gym
import GymDatasets
import GymJSON

/// A participant in a comparison.
public struct ComparisonParticipant {
  /// How it gets its answers.
  public enum Kind {
    /// It learns within the budget, once for every seed.
    case learning(any LearningAgent.Type, Settings)
    /// It answers without training, once: a solver, a process, or a run's checkpoint.
    case ready(any Agent, Checkpoint?)
  }

  /// The name in tables and of its folders: letters, digits, - and _.
  public let label: String
  /// Whether it learns first.
  public let kind: Kind
  /// Its settings, and everything else needed to make it again.
  public let configuration: JSON
  /// Whether it was given the task's rules, so that it is an upper bound and not a competitor.
  public let usesRules: Bool
  /// Whether it is a process that does not use the demonstrations of puzzles that have them.
  public let ignoresDemonstrations: Bool

  /// Makes the agent, if its type and settings do not say it all: a process has a command.
  let make: ((AgentContext) throws -> any LearningAgent)?

  /// An agent that learns.
  public init(_ label: String, learning agent: any LearningAgent.Type, settings: Settings) {
    (self.label, kind) = (label, .learning(agent, settings))
    configuration = settings.json
    (usesRules, ignoresDemonstrations, make) = (false, false, nil)
  }

  /// An agent that learns and is made by a function, such as a process.
  public init(
    _ label: String, learning agent: any LearningAgent.Type, settings: Settings,
    configuration: JSON, ignoresDemonstrations: Bool,
    make: @escaping (AgentContext) throws -> any LearningAgent
  ) {
    (self.label, kind) = (label, .learning(agent, settings))
    self.configuration = configuration
    (usesRules, self.ignoresDemonstrations, self.make) = (false, ignoresDemonstrations, make)
  }

  /// An agent that can answer; `checkpoint` is what it was restored from, if it was trained.
  public init(
    _ label: String, ready agent: any Agent, checkpoint: Checkpoint? = nil, configuration: JSON,
    usesRules: Bool = false, ignoresDemonstrations: Bool = false
  ) {
    (self.label, kind) = (label, .ready(agent, checkpoint))
    (self.configuration, self.usesRules) = (configuration, usesRules)
    self.ignoresDemonstrations = ignoresDemonstrations
    make = nil
  }

  /// The agent's name and version.
  public var id: PluginID {
    switch kind {
    case .learning(let agent, _): agent.id
    case .ready(let agent, _): type(of: agent).id
    }
  }

  /// Whether it is trained first.
  public var learns: Bool { if case .learning = kind { true } else { false } }

  /// A new agent for one seed.
  func agent(
    _ type: any LearningAgent.Type, _ settings: Settings, _ context: AgentContext
  ) throws -> any LearningAgent {
    try make?(context) ?? type.init(settings: settings, context: context)
  }

  func json() throws -> JSON {
    var json: JSONObject = [
      "label": .string(label), "agent": .string(id.description), "learns": .bool(learns),
      "configuration": configuration, "uses-rules": .bool(usesRules),
    ]
    if case .ready(_, let checkpoint?) = kind {
      json["checkpoint"] = [
        "step": JSON(checkpoint.step), "hash": .string(try checkpoint.hash()),
      ]
    }
    return .object(json)
  }
}

/// One unit of work of a comparison: a participant under a seed, or one that does not learn.
public struct ComparisonRun: Sendable, Hashable {
  /// The participant's label.
  public let label: String
  /// The seed that it learns under; nil if it does not learn.
  public let seed: UInt64?
  /// Its number among all entries, from 1.
  public let number: Int
  /// The number of all entries.
  public let count: Int

  /// The name of its folder.
  public var name: String { seed.map { "\(label)-\($0)" } ?? label }
}
