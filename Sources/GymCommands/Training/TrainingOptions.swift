import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymTraining

/// The choice of an agent's settings: defaults, then a preset, then a file, then single values.
struct AgentOptions: ParsableArguments {
  @Option(help: "A named set of values; `reasongym agents` lists them.", completion: .presets)
  var preset: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Single values, after preset and file.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "A JSON file with an object of settings, such as {\"batch\": 64}.", valueName: "file.json"),
    completion: .file())
  var file: String?

  /// Whether at most single values were chosen.
  var hasOnlyValues: Bool { preset == nil && file == nil }

  /// The settings of an agent.
  ///
  /// - Parameter base: the values of settings that are not chosen; nil for the defaults.
  func settings(of agent: any Agent.Type, over base: Settings? = nil) throws -> Settings {
    var settings = base ?? Settings(agent.settings)
    if let preset { try settings.apply(preset, of: agent) }
    if let file {
      let json = try JSON(contentsOf: URL(fileURLWithPath: file))
      do {
        try settings.set(json)
      } catch let error as GymError {
        throw error.located(file)
      }
    }
    try settings.assign(values)
    return settings
  }

  /// The names of the settings that were chosen.
  func names(of agent: any Agent.Type) throws -> Set<String> {
    var names = Set(values.map { String($0.prefix { $0 != "=" }) })
    if let preset = agent.presets.first(where: { $0.name == preset }) {
      names.formUnion(preset.values.keys)
    }
    if let file {
      names.formUnion(try JSON(contentsOf: URL(fileURLWithPath: file)).object?.names ?? [])
    }
    return names
  }
}

extension Settings {
  /// Applies an agent's preset.
  mutating func apply(_ name: String, of agent: any Agent.Type) throws {
    let names = agent.presets.map(\.name)
    guard let preset = agent.presets.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: names)
      throw GymError(
        "\(agent.id) has no preset \"\(name)\"",
        expected: names.isEmpty ? "none" : "one of \(names.joined(separator: ", "))",
        remedy: near.map { "Did you mean \"\($0)\"?" })
    }
    for (name, value) in preset.values { try set(name, to: value.json) }
  }
}

/// The training budget, given in one of four ways.
struct BudgetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Train for N steps.", valueName: "N"))
  var steps: Int?

  @Option(help: ArgumentHelp("Train until each group was drawn N times.", valueName: "N"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Train for N minutes, interruptions not counted.", valueName: "N"))
  var minutes: Double?

  @Option(
    help: ArgumentHelp(
      "Train for F floating-point operations, such as 1e15; the optimizer's own are not counted.",
      valueName: "F"))
  var flops: Double?

  /// The budget; nil if none is given.
  var budget: Budget? {
    if let flops { return .flops(flops) }
    if let steps { return .steps(steps) }
    if let epochs { return .epochs(epochs) }
    return minutes.map { .minutes($0) }
  }

  func validate() throws {
    let given = [steps != nil, epochs != nil, minutes != nil, flops != nil].count { $0 }
    guard given <= 1 else {
      throw ValidationError("Give one of --steps, --epochs, --minutes and --flops, not several.")
    }
    try check("--steps", steps, in: 1...Budget.maximum)
    try check("--epochs", epochs, in: 1...Budget.maximum)
    try check("--flops", flops, upTo: 1e30)
    try check("--minutes", minutes, upTo: Double(Budget.maximum))
  }
}
