import External
import Gym
import JSON

/// An agent that can answer, and what is to be said of it.
struct ReadyAgent {
  let agent: any Agent
  /// The name and version: of a process, `external@1`.
  let id: PluginID
  /// What to call it for a person, such as `hrm@1 of step 400` or `backtracking (a process)`.
  let title: String
  /// Whether it was given the task's rules: then it is an upper bound, never ranked beside others.
  let usesRules: Bool
  /// Whether it is a process that does not use the demonstrations of puzzles that have such.
  let ignoresDemonstrations: Bool
  /// What it was made from: its settings; of a process, its command too.
  let configuration: JSON
  /// The run that it comes from, if it does.
  let trained: TrainedAgent?

  /// The number of trainable parameters; of a process, unknown and given as 0.
  var parameterCount: Int { agent.parameterCount }

  init(_ trained: TrainedAgent) {
    agent = trained.agent
    id = trained.configuration.agent
    title = "\(trained.configuration.agent) of step \(trained.checkpoint.step)"
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
