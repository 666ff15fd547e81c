import Datasets
import External
import Foundation
import Gym
import JSON
import Runner

/// An agent as the user names it: a run, an agent of the catalogue, or a command.
///
/// `exec:python3 my_agent.py` is a command, `solver` an agent, `runs/first` (or `./solver`) a run.
enum AgentSpecifier {
  /// The folder of a run.
  case run(URL)
  /// An agent that needs no training.
  case named(any Agent.Type)
  /// A process that speaks the protocol of `ExternalAgent`.
  case process(String)

  /// - Throws: a `GymError` if the text does not name anything that can answer.
  init(_ text: String) throws {
    self = try Self.found(text, in: Catalogue.current)
  }

  private static func found(_ text: String, in catalogue: Catalogue) throws -> AgentSpecifier {
    if let command = ExternalCommand.command(in: text) { return .process(command) }
    if let model = try ModelLibrary.model(named: text) { return .run(model) }
    if let type = try? catalogue.agent(named: text) {
      guard !learns(type) else {
        throw GymError(
          "\(type.id) has to learn first", expected: "a run of it",
          remedy: "Train one: reasongym train \(type.id.name) --data DIR --minutes 5 --out RUN")
      }
      return .named(type)
    }
    if FileManager.default.fileExists(atPath: text) { return .run(URL(fileURLWithPath: text)) }
    let names = catalogue.agents.filter { !learns($0) }.map { $0.id.name }
    let near = Suggestion.nearest(to: text, among: names)
    throw GymError(
      "there is no agent \"\(text)\"",
      expected: "a run's folder, \"\(ExternalCommand.prefix)COMMAND\""
        + (names + ModelLibrary.names.map { ModelLibrary.prefix + $0 }).map { ", \($0)" }.joined(),
      remedy: near.map { "Did you mean \"\($0)\"?" })
  }

  private static func learns(_ type: any Agent.Type) -> Bool { type is any LearningAgent.Type }

  /// The task for the agent: the dataset's, the named one, or the run's.
  func task(of data: Dataset?, named name: String?) throws -> any Task {
    let catalogue = Catalogue.current
    if let data {
      if let task = try catalogue.task(of: data, named: name) { return task }
    } else if let name {
      return try catalogue.option(name)
    }
    if case .run(let url) = self {
      let file = RunFolder(url).configurationFile
      let configuration = try RunConfiguration(contentsOf: file)
      if let reference = configuration.task {
        return try catalogue.task(reference, of: file.path)
      }
    }
    if let data { return LabelEquality(data) }
    throw GymError(
      "nothing says which task this is", remedy: "Name it by --task")
  }

  /// Makes the agent.
  ///
  /// - Parameters:
  ///   - task: the task to work on. Only rule agents and processes receive it.
  ///   - identifiers: the number of puzzle identifiers that questions may have.
  ///   - values: settings such as `seconds=30`; a run has its own.
  ///   - choice: which checkpoint of a run to use.
  ///   - warn: called for damaged checkpoints.
  func make(
    for task: any Task, identifiers: Int = 1, batchSize: Int = 64, seed: UInt64 = 1,
    workers: Int? = nil, settings values: [String] = [],
    checkpoint choice: TrainedAgent.Choice = .newest, warn: (String) -> Void = { _ in }
  ) throws -> LoadedAgent {
    let context = AgentContext(
      vocabularyCount: task.vocabulary.count, grid: task.grid, regions: task.regions,
      exchangeable: task.exchangeableTokens, blank: task.clueTokens?.blank,
      puzzleIdentifiers: identifiers, batchSize: batchSize, seed: seed,
      workers: workers ?? TrainingPlan.allWorkers)
    switch self {
    case .run(let url):
      guard values.isEmpty else {
        throw GymError(
          "a run has the settings that it was trained with", at: url.path,
          remedy: "Leave the settings out")
      }
      return LoadedAgent(
        try TrainedAgent(run: url, choice, grid: task.grid, workers: workers, warn: warn))
    case .named(let type):
      let settings = try Self.settings(of: type, values)
      if let rules = type as? any RuleAgent.Type {
        return LoadedAgent(
          try rules.init(settings: settings, context: context, task: task), settings: settings,
          usesRules: true)
      }
      return LoadedAgent(
        try type.init(settings: settings, context: context), settings: settings, usesRules: false)
    case .process(let command):
      let settings = try Self.settings(of: ExternalAgent.self, values)
      return LoadedAgent(
        try ExternalAgent(
          command: command, task: TaskDescription(task), settings: settings, context: context),
        command: command, settings: settings)
    }
  }

  private static func settings(of type: any Agent.Type, _ values: [String]) throws -> Settings {
    var settings = Settings(type.settings)
    try settings.assign(values)
    return settings
  }
}
