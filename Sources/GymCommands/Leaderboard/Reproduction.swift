import Foundation
import Gym
import GymBoards
import GymExternal
import GymJSON
import GymTraining

/// The commands that train an agent and ask it again, for an entry's page. They name the dataset's
/// folder DATA and the run's folder run, since those of this machine mean nothing elsewhere.
struct Reproduction {
  /// The commands in one line; nil if they would be too long or cannot be shown.
  let command: String?

  /// The commands for an agent that was evaluated; none for a run of imported weights, or one whose
  /// settings changed on the way, which no command makes again.
  init(_ ready: LoadedAgent) {
    guard let trained = ready.trained else {
      let name = Self.name(of: ready.id, ready.configuration)
      command = Self.checked(Self.asking(name, withSettings: true))
      return
    }
    if let model = ModelLibrary.name(of: trained.folder.url) {
      command = Self.checked(Self.asking(model))
      return
    }
    let configuration = trained.configuration
    guard configuration.origin == nil, configuration.earlier.isEmpty else {
      command = nil
      return
    }
    let training = Self.training(
      configuration.agent.name, settings: configuration.agentSettings,
      defaults: type(of: ready.agent).settings, seed: configuration.context.seed,
      steps: trained.checkpoint.step)
    command = Self.checked(training + " && " + Self.asking("run"))
  }

  /// The commands for a participant of a comparison; nil if it is a process or a run.
  init?(_ participant: ComparisonParticipant, seed: UInt64?, steps: Int) {
    switch participant.kind {
    case .learning(let agent, let settings):
      let training = Self.training(
        agent.id.name, settings: settings.json, defaults: agent.settings, seed: seed, steps: steps)
      command = Self.checked(training + " && " + Self.asking("run"))
    case .ready(_, nil) where participant.usesRules:
      command = Self.checked(Self.asking(Self.name(of: participant.id, participant.configuration)))
    case .ready: return nil
    }
  }

  /// The name by which an agent that needs no training is asked again: a process has its command.
  private static func name(of id: PluginID, _ configuration: JSON) -> String {
    guard id == ExternalAgent.id, let command = configuration["command"]?.string else {
      return id.name
    }
    return ExternalCommand.prefix + command
  }

  /// The command that trains, with every setting that is not the default.
  static func training(
    _ agent: String, settings: JSON, defaults: [Setting], seed: UInt64?, steps: Int
  ) -> String {
    let usual = Settings(defaults).json.object ?? [:]
    let changed = (settings.object ?? [:]).filter { name, value in usual[name] != value }
      .map { name, value in quoted("\(name)=\(value.string ?? value.text())") }
    let values = changed.isEmpty ? "" : " --set " + changed.joined(separator: " ")
    let start = seed.map { " --seed \($0)" } ?? ""
    let length = steps > 0 ? " --steps \(steps)" : ""
    return "reasongym train \(quoted(agent)) --data DATA\(values)\(start)\(length) --out run"
  }

  /// The command that asks, with the options of this process that change answers.
  ///
  /// - Parameter withSettings: whether `--set`, for agents that are not runs, is among them.
  static func asking(
    _ agent: String, withSettings: Bool = false,
    arguments: [String] = Array(CommandLine.arguments.dropFirst())
  ) -> String {
    var kept: [String] = []
    for (index, argument) in arguments.enumerated() {
      let (name, value) = (argument.prefix { $0 != "=" }, argument.contains("="))
      if flags.contains(argument) { kept.append(argument) }
      if withSettings, name == "--set" {
        let more = arguments[(index + 1)...].prefix { !$0.hasPrefix("--") }
        kept += [quoted(argument)] + (value ? [] : more.map(quoted))
      }
      guard valued.contains(String(name)) else { continue }
      kept.append(quoted(argument))
      if !value, index + 1 < arguments.count { kept.append(quoted(arguments[index + 1])) }
    }
    return (["reasongym evaluate", quoted(agent), "--data DATA"] + kept).joined(separator: " ")
  }

  private static let flags: Set = ["--halt", "--votes-verify", "--best"]
  private static let valued: Set = [
    "--segments", "--votes", "--attempts", "--chains", "--noise", "--min-segments", "--limit",
    "--split", "--sample-seed", "--task",
  ]

  private static func checked(_ text: String) -> String? {
    let isFit = (try? PlainText.check(text, what: "the command", limit: 4000)) != nil
    return isFit ? text : nil
  }

  /// A word for a shell, in quotes if it needs them.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "_@%+=:,./-".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
