import ArgumentParser
import Datasets
import Foundation
import Gym
import Runner

/// The agents to evaluate, and the puzzles.
struct EvaluatedAgentsOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A run's folder, an agent that needs no training, or exec:COMMAND.", valueName: "RUN"),
    completion: .agentsAndRuns)
  var name: String?

  @Option(
    name: .customLong("agent"),
    help: ArgumentHelp("The same as RUN, by another way.", valueName: "AGENT"),
    completion: .agents)
  var agent: String?

  @Option(
    help: ArgumentHelp("Several runs that vote together.", valueName: "RUN,RUN"),
    completion: .directory)
  var ensemble: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of an agent that is no run.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"), completion: .directory)
  var data: String

  @Option(help: "The split.")
  var split = "test"

  @Option(help: ArgumentHelp("Only the first N puzzles.", valueName: "N"))
  var limit: Int?

  @Option(help: "The number of worker threads. (default: as in training)")
  var workers: Int?

  @Option(help: "The task, where neither dataset nor run names it.", completion: .tasks)
  var task: String?

  @Flag(help: "Take the checkpoint that was best on the validation split, not the newest.")
  var best = false

  func validate() throws {
    try check("--limit", limit, in: 1...1_000_000_000)
    try check("--workers", workers, in: 1...1024)
    guard !names.isEmpty else {
      throw ValidationError("Name the agent to evaluate: a run's folder, --agent or --ensemble.")
    }
    if name != nil, agent != nil {
      throw ValidationError("RUN and --agent say the same: pass one of them.")
    }
    if !values.isEmpty, names.count > 1 {
      throw ValidationError("--set is for one agent, not for an ensemble.")
    }
  }

  private var names: [String] {
    let single = [name, agent].compactMap { $0 }
    return single + (ensemble?.split(separator: ",").map(String.init) ?? [])
  }

  /// Opens the dataset and the agents.
  func open(warn: (String) -> Void) throws -> EvaluatedAgents {
    let references = try names.map { try AgentSpecifier($0) }
    let data = try Dataset(URL(fileURLWithPath: data))
    let task = try references[0].task(of: data, named: task)
    let agents = try references.map { reference in
      let ready = try reference.make(
        for: task, identifiers: data.identifierCount, workers: workers, settings: values,
        checkpoint: best ? .best : .newest, warn: warn)
      try ready.trained?.checkFits(data)
      return ready
    }
    if best, let other = agents.first(where: { $0.trained == nil }) {
      throw GymError("\(other.title) has no checkpoints", remedy: "Leave --best out")
    }
    let split = try data.split(split)
    return EvaluatedAgents(
      agents: agents, task: task, data: data, split: split,
      demonstrations: PuzzleDemonstrations(data, for: split, of: task))
  }
}
