import ArgumentParser
import Gym
import JSON

/// `reasongym agents`: lists the agents.
struct AgentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents",
    abstract: "List the agents with their settings and presets.",
    discussion: """
      Examples:
        reasongym agents
        reasongym agents hrm
        reasongym agents --json
      """)

  @Argument(help: "The agent to tell of; all of them where it is left out.")
  var agent: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let catalogue = Catalogue.current
    let agents = try agent.map { [try catalogue.agent(named: $0)] } ?? catalogue.agents
    if json {
      print(JSON.array(agents.map(Self.json)).text(.pretty))
      return
    }
    let width = Terminal.output.width
    for agent in agents {
      print("\(agent.id)  \(agent.summary)\n")
      if !agent.settings.isEmpty { print(agent.settings.table(width: width)) }
      if !agent.presets.isEmpty { print(Self.table(agent.presets).text(width: width)) }
    }
    let models = ModelLibrary.names
    if agent == nil, !models.isEmpty {
      print("Trained models: \(models.map { ModelLibrary.prefix + $0 }.joined(separator: ", "))")
    }
  }

  private static func table(_ presets: [Preset]) -> TextTable {
    var table = TextTable(("preset", .left), ("what it sets", .left))
    for preset in presets {
      let values = preset.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let set = values.isEmpty ? "the defaults" : values.joined(separator: " ")
      table.add(preset.name, "\(preset.summary): \(set)")
    }
    return table
  }

  private static func json(_ agent: any Agent.Type) -> JSON {
    [
      "id": .string(agent.id.description), "summary": .string(agent.summary),
      "learns": .bool(agent is any LearningAgent.Type), "settings": agent.settings.json,
      "presets": .array(
        agent.presets.map { preset in
          [
            "name": .string(preset.name), "summary": .string(preset.summary),
            "settings": .object(
              JSONObject(preset.values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })),
          ]
        }),
    ]
  }
}
