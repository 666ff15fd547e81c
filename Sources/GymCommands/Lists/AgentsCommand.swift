import ArgumentParser
import Gym
import GymJSON
import GymReports

/// `reasongym agents`: lists the agents.
struct AgentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents",
    abstract: "List the agents, or tell one's settings and presets.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym agents
        reasongym agents hrm
        reasongym agents --json
      """))

  @Argument(help: "The agent to describe; a table of all if it is left out.", completion: .agents)
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
    if agent == nil {
      print(Self.table(agents).text(width: width))
      let models = ModelLibrary.names
      if !models.isEmpty {
        let names = models.map { ModelLibrary.prefix + $0 }.joined(separator: ", ")
        Self.printParagraph("Trained models: \(names)", width)
      }
      print("Settings and presets of one: reasongym agents NAME")
      return
    }
    for agent in agents {
      Self.printParagraph("\(agent.id) \(agent.summary)", width)
      if !agent.settings.isEmpty { print(agent.settings.table(width: width)) }
      if agent.settings.contains(where: \.mayChange) {
        Self.printParagraph(Self.schedules, width)
      }
      if !agent.presets.isEmpty { print(Self.table(agent.presets).text(width: width)) }
    }
  }

  private static let schedules = """
    A schedule changes with the share of the budget that is used: 0.02..0 falls to 0 in a \
    straight line, 0.001~0 along half a cosine; 1,4@0.25 is 1, then 4 from a quarter on.
    """

  /// Prints a text in lines of a width, and an empty one.
  private static func printParagraph(_ text: String, _ width: Int) {
    print(text.wrapped(to: width).joined(separator: "\n") + "\n")
  }

  private static func table(_ agents: [any Agent.Type]) -> TextTable {
    var table = TextTable(
      ("agent", .left), ("learns", .left), ("presets", .left), ("what it is", .left))
    for agent in agents {
      let presets = agent.presets.map(\.name).joined(separator: ", ")
      table.add(
        agent.id.description, agent is any LearningAgent.Type ? "yes" : "no", presets,
        agent.summary)
    }
    return table
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

extension [Setting] {
  /// A table of the settings: names, defaults, values and meanings.
  func table(width: Int) -> String {
    var table = TextTable(("setting", .left), ("default", .right), ("what it does", .left))
    for setting in self {
      table.add(
        setting.name, setting.defaultValue.description,
        "\(setting.summary) (\(setting.domain)\(setting.condition.map { "; if \($0)" } ?? ""))")
    }
    return table.text(width: width)
  }

  /// The settings as JSON.
  var json: JSON {
    .array(
      map { setting in
        [
          "name": .string(setting.name), "summary": .string(setting.summary),
          "default": setting.defaultValue.json, "values": .string(setting.domain),
          "if": setting.condition.map { .string($0.description) } ?? .null,
        ]
      })
  }
}
