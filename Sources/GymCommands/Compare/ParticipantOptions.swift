import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymExternal
import GymTraining

/// The participants of a comparison, and their settings.
struct ParticipantOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Agents: names, runs, exec:COMMAND; or LABEL=AGENT to name one.", valueName: "AGENT"),
    completion: .agentsAndRuns)
  var agents: [String]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "A preset for all that have presets, and for single ones.", valueName: "name or LABEL=name"),
    completion: .presets)
  var preset: [String] = []

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Settings: LABEL.key=value of one agent, agents.key=value of all that have it, key=value of "
        + "the task.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  /// The name before the dot that means all agents.
  private static let everyone = "agents"

  /// The settings of the task, which have no name before them.
  var taskValues: [String] { values.filter { Self.owner(of: $0) == nil } }

  /// The participants, made for a task.
  func participants(
    for task: any Task, on data: Dataset, seed: UInt64, workers: Int,
    warn: (String) -> Void
  ) throws -> [ComparisonParticipant] {
    let named = agents.map(Self.labelled)
    let labels = named.map(\.label)
    for owner in values.compactMap(Self.owner) where !(labels + [Self.everyone]).contains(owner) {
      let near = Suggestion.nearest(to: owner, among: labels)
      throw GymError(
        "no agent here is named \"\(owner)\"", at: "--set",
        expected: "one of \(labels.joined(separator: ", ")), or \(Self.everyone)",
        remedy: near.map { "Did you mean \"\($0)\"?" })
    }
    for part in preset.map(Self.assignment) {
      guard let label = part.label, !labels.contains(label) else { continue }
      throw GymError(
        "no agent here is named \"\(label)\"", at: "--preset",
        expected: "one of \(labels.joined(separator: ", "))")
    }
    let participants = try named.map { label, text -> ComparisonParticipant in
      let own = values.filter { Self.owner(of: $0) == label }.map(Self.withoutOwner)
      if let learning = try Self.learningAgent(text) {
        return ComparisonParticipant(
          label, learning: learning, settings: try settings(of: learning, label, own))
      }
      let ready = try AgentSpecifier(text).make(
        for: task, identifiers: data.identifierCount, seed: seed, workers: workers, settings: own,
        warn: warn)
      try ready.trained?.checkFits(data)
      if let process = ready.agent as? ExternalAgent, process.learns,
        let command = ExternalCommand.command(in: text)
      {
        return try learner(label, command, for: task, ready, own)
      }
      return ComparisonParticipant(
        label, ready: ready.agent, checkpoint: ready.trained?.checkpoint,
        configuration: ready.configuration, usesRules: ready.usesRules,
        ignoresDemonstrations: ready.ignoresDemonstrations)
    }
    try checkShared(participants)
    return participants
  }

  /// A process that learns; each seed gets a process of its own.
  private func learner(
    _ label: String, _ command: String, for task: any Task, _ ready: LoadedAgent, _ own: [String]
  ) throws -> ComparisonParticipant {
    let settings = try settings(of: ExternalLearner.self, label, own)
    let description = TaskDescription(task)
    return ComparisonParticipant(
      label, learning: ExternalLearner.self, settings: settings,
      configuration: ready.configuration, ignoresDemonstrations: ready.ignoresDemonstrations
    ) { context in
      try ExternalLearner(
        command: command, task: description, settings: settings, context: context)
    }
  }

  /// A learning agent; nil if the text names another agent, a run, or a command.
  private static func learningAgent(_ text: String) throws -> (any LearningAgent.Type)? {
    let isOther = text.contains(":") || FileManager.default.fileExists(atPath: text)
    if isOther, (try? Catalogue.current.agent(named: text)) == nil { return nil }
    return try Catalogue.current.agent(named: text) as? any LearningAgent.Type
  }

  private func settings(
    of agent: any LearningAgent.Type, _ label: String, _ own: [String]
  ) throws -> Settings {
    var settings = Settings(agent.settings)
    let presets = preset.map(Self.assignment)
    if !agent.presets.isEmpty {
      for part in presets where part.label == nil { try settings.apply(part.value, of: agent) }
    }
    for part in presets where part.label == label { try settings.apply(part.value, of: agent) }
    let names = Set(agent.settings.map(\.name))
    let shared = values.filter { Self.owner(of: $0) == Self.everyone }.map(Self.withoutOwner)
    // What is meant for all may matter to some of them alone.
    try settings.assign(shared.filter { names.contains(Self.key(of: $0)) }, mayBeIdle: true)
    try settings.assign(own)
    return settings
  }

  /// Checks that every setting given for all agents belongs to at least one.
  private func checkShared(_ participants: [ComparisonParticipant]) throws {
    let names = participants.flatMap { participant -> [String] in
      if case .learning(let agent, _) = participant.kind { return agent.settings.map(\.name) }
      return []
    }
    for text in values where Self.owner(of: text) == Self.everyone {
      let name = Self.key(of: Self.withoutOwner(text))
      guard !names.contains(name) else { continue }
      let near = Suggestion.nearest(to: name, among: names)
      throw GymError(
        "no agent here has a setting \"\(name)\"", at: "--set",
        remedy: near.map { "Did you mean \"\(Self.everyone).\($0)\"?" })
    }
  }

  /// The label and the agent in an argument: runs are labeled by their folder, commands as `exec`.
  private static func labelled(_ text: String) -> (label: String, agent: String) {
    let part = assignment(text)
    if let label = part.label, Dataset.isPlainName(label) { return (label, part.value) }
    if let colon = text.firstIndex(of: ":") { return (String(text[..<colon]), text) }
    let name = (text as NSString).lastPathComponent
    return (name.split(separator: "@").first.map(String.init) ?? name, text)
  }

  /// The two sides of `LABEL=value`; no label if there is only a value.
  private static func assignment(_ text: String) -> (label: String?, value: String) {
    guard let sign = text.firstIndex(of: "=") else { return (nil, text) }
    return (String(text[..<sign]), String(text[text.index(after: sign)...]))
  }

  private static func key(of text: String) -> String { assignment(text).label ?? text }

  /// The name before the dot of a setting.
  private static func owner(of text: String) -> String? {
    let key = key(of: text)
    return key.firstIndex(of: ".").map { String(key[..<$0]) }
  }

  private static func withoutOwner(_ text: String) -> String {
    text.firstIndex(of: ".").map { String(text[text.index(after: $0)...]) } ?? text
  }
}
