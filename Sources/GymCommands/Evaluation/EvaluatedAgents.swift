import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymJSON
import GymTraining

/// Agents that answer together, and the puzzles for them.
struct EvaluatedAgents {
  /// One agent, or several that vote.
  let agents: [LoadedAgent]
  let task: any Task
  let data: Dataset
  let split: DatasetSplit
  /// The demonstrations of the puzzles, for agents that read them.
  let demonstrations: PuzzleDemonstrations

  /// The name of the agents.
  var title: String { agents.map(\.title).joined(separator: " + ") }

  /// Whether the puzzles have demonstrations that one of the agents does not use.
  var ignoresDemonstrations: Bool {
    agents.contains(where: \.ignoresDemonstrations) && !demonstrations.isEmpty
  }

  /// The total cost, with the parameters and the training of all agents.
  func usage(_ score: Score) -> AgentUsage {
    let trained = agents.compactMap(\.trained)
    let trainings = trained.compactMap(\.training)
    // A sum without one of its terms would be a cost that nobody had.
    let isKnown = !trainings.isEmpty && trainings.count == trained.count
    return AgentUsage(
      parameters: agents.reduce(0) { $0 + $1.parameterCount },
      training: isKnown ? trainings.reduce(ResourceUsage(), +) : nil,
      solving: score.solving, puzzles: score.asked)
  }

  /// The task with its settings, in the form used in files.
  var taskJSON: JSON { ["id": .string(task.id.description), "settings": task.settings.json] }

  /// Everything that determines the agents' answers: besides `json`, the weights.
  var identity: JSON {
    get throws {
      .array(
        try agents.map { ready in
          [
            "agent": Self.json(ready),
            "weights": try ready.trained.map { .string(try $0.checkpoint.hash()) } ?? .null,
          ]
        })
    }
  }

  /// The agents as JSON.
  var json: JSON { .array(agents.map(Self.json)) }

  private static func json(_ ready: LoadedAgent) -> JSON {
    [
      "agent": .string(ready.id.description),
      "step": ready.trained.map { JSON($0.checkpoint.step) } ?? .null,
      "configuration": ready.configuration, "uses-rules": .bool(ready.usesRules),
    ]
  }
}

/// The agents to evaluate, and the puzzles.
struct EvaluatedAgentsOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A run's folder, pretrained:NAME, an agent that needs no training, or exec:COMMAND.",
      valueName: "RUN"),
    completion: .agentsAndRuns)
  var name: String?

  @Option(
    name: .customLong("agent"),
    help: ArgumentHelp("The same as RUN, as an option.", valueName: "AGENT"),
    completion: .agents)
  var agent: String?

  @Option(
    help: ArgumentHelp("Several runs that vote together.", valueName: "RUN,RUN"),
    completion: .directory)
  var ensemble: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of an agent that is not a run.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"), completion: .directory)
  var data: String

  @Option(help: "The split.")
  var split = "test"

  @OptionGroup var sample: SampleOptions

  @Option(help: "The number of worker threads. (default: as in training)")
  var workers: Int?

  @Option(help: "The task, if neither dataset nor run names it.", completion: .tasks)
  var task: String?

  @Flag(help: "Take the checkpoint that was best on the validation split, not the newest.")
  var best = false

  func validate() throws {
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
      if let trained = ready.trained, trained.knowsOtherPuzzles(than: data) {
        warn(
          "\(ready.title) learned an embedding for each puzzle of another dataset: here its "
            + "identifiers stand for other puzzles")
      }
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

extension TrainedAgent {
  /// Whether it embeds puzzles by identifiers that were given to those of another dataset.
  fileprivate func knowsOtherPuzzles(than data: Dataset) -> Bool {
    guard data.identifierCount > 1, let width = configuration.agentSettings["puzzle-width"]?.integer
    else { return false }
    return width != 0 && data.manifest?.split("train")?.contentHash != configuration.dataHash
  }
}

/// The puzzles of a split that are solved: all, the first ones, or a sample of them.
struct SampleOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only the first N puzzles.", valueName: "N"))
  var limit: Int?

  @Option(name: .customLong("sample-seed"), help: Self.seedHelp)
  var seed: UInt64?

  static let seedHelp = ArgumentHelp(
    "With --limit, choose the puzzles by a seed, with easy and hard ones as in the split.",
    valueName: "S")

  func validate() throws {
    try check("--limit", limit, in: 1...1_000_000_000)
    if seed != nil, limit == nil {
      throw ValidationError("--sample-seed chooses N puzzles: pass --limit N.")
    }
  }
}

extension Evaluation {
  /// Remarks about the puzzles for commands that count each puzzle alone: variants in the split,
  /// and names that no task is known by.
  func notes() throws -> [String] {
    let variants = split.variantNote.map { note in
      note + ", and each counts as a puzzle of its own"
        + (task is any SplitScoring ? "; `evaluate` lets them vote by task" : "")
    }
    return try [variants].compactMap { $0 } + (unanswered()?.notes ?? [])
  }
}
