import Datasets
import Gym
import GymEvaluation
import JSON
import Runner

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
      solving: score.solving, puzzles: score.answered)
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
