import External
import Gym
import JSON

/// An agent that is ready to answer, with its description.
struct LoadedAgent {
  let agent: any Agent
  /// The name and version; for a process, `external@1`.
  let id: PluginID
  /// A readable name, such as `hrm@1 of step 400` or `backtracking (a process)`.
  let title: String
  /// Whether it was given the task's rules, so that it is an upper bound and never ranked with
  /// others.
  let usesRules: Bool
  /// Whether it is a process that does not use the demonstrations of puzzles that have them.
  let ignoresDemonstrations: Bool
  /// Its settings and, for a process, its command.
  let configuration: JSON
  /// The run that it comes from, if any.
  let trained: TrainedAgent?

  /// The number of trainable parameters; 0 for a process, whose number is unknown.
  var parameterCount: Int { agent.parameterCount }

  init(_ trained: TrainedAgent) {
    agent = trained.agent
    id = trained.configuration.agent
    let origin = trained.configuration.origin.map { ", imported from \($0.file.prefix(40))" } ?? ""
    title = "\(trained.configuration.agent) of step \(trained.checkpoint.step)\(origin)"
    (usesRules, ignoresDemonstrations) = (false, false)
    configuration = trained.configuration.agentSettings
    self.trained = trained
  }

  init(_ agent: any Agent, settings: Settings, usesRules: Bool) {
    self.agent = agent
    id = type(of: agent).id
    title = usesRules ? "\(type(of: agent).id) (uses the rules)" : "\(type(of: agent).id)"
    (self.usesRules, ignoresDemonstrations) = (usesRules, false)
    configuration = settings.json
    trained = nil
  }

  init(_ agent: ExternalAgent, command: String, settings: Settings) {
    self.agent = agent
    id = ExternalAgent.id
    title = "\(agent.name) (a process)"
    (usesRules, ignoresDemonstrations) = (false, !agent.usesDemonstrations)
    configuration = [
      "command": .string(command), "name": .string(agent.name), "settings": settings.json,
    ]
    trained = nil
  }
}
