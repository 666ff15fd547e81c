import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymExternal
import GymJSON
import GymTraining

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
  ///
  /// - Parameter values: settings such as `size=30` in place of those of a task without a dataset.
  func task(
    of data: Dataset?, named name: String?, settings values: [String] = []
  ) throws -> any Task {
    let catalogue = Catalogue.current
    if let data {
      if let task = try catalogue.task(of: data, named: name) { return task }
    } else if let name {
      return try catalogue.option(name, settings: values)
    }
    if case .run(let url) = self {
      let file = RunFolder(url).configurationFile
      let configuration = try RunConfiguration(contentsOf: file)
      if let reference = configuration.task {
        return try catalogue.task(reference, settings: values, of: file.path)
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

/// An agent that is ready to answer, with its description.
struct LoadedAgent {
  let agent: any Agent
  /// The name and version; for a process, `external@1`.
  let id: PluginID
  /// A readable name, such as `hrm@1 of step 400` or `backtracking (a process)`.
  let title: String
  /// Whether it was given the task's rules, so that it is an upper bound and never ranked with
  /// others.
  let usesRules: Bool
  /// Whether it is a process that does not use the demonstrations of puzzles that have them.
  let ignoresDemonstrations: Bool
  /// Its settings and, for a process, its command.
  let configuration: JSON
  /// The run that it comes from, if any.
  let trained: TrainedAgent?

  /// The number of trainable parameters; what a process claims, or 0.
  var parameterCount: Int { agent.parameterCount }

  init(_ trained: TrainedAgent) {
    agent = trained.agent
    id = trained.configuration.agent
    let origin = trained.configuration.origin.map { ", imported from \($0.file.prefix(40))" } ?? ""
    title = "\(trained.configuration.agent) of step \(trained.checkpoint.step)\(origin)"
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
    title = "\(agent.name) (a process\(agent.usesRules ? ", uses the rules" : ""))"
    (usesRules, ignoresDemonstrations) = (agent.usesRules, !agent.usesDemonstrations)
    configuration = [
      "command": .string(command), "name": .string(agent.name), "settings": settings.json,
    ]
    trained = nil
  }
}

/// The agent of a run, with the weights of one of its checkpoints.
struct TrainedAgent {
  let folder: RunFolder
  let configuration: RunConfiguration
  /// The context that the agent was made for: the run's, or that of another grid.
  let context: AgentContext
  let agent: any LearningAgent
  let checkpoint: Checkpoint

  /// The cost of training; nil if it is not known, since the weights were imported without it.
  var training: ResourceUsage? {
    if let origin = configuration.origin, origin.training == nil { return nil }
    return checkpoint.training
  }

  /// Which checkpoint to use.
  enum Choice {
    case newest
    /// The one that solved the most validation puzzles.
    case best
  }

  /// Reads a run.
  ///
  /// - Parameters:
  ///   - grid: the grid of the questions, for agents that answer others than they were trained on.
  ///   - warn: called for damaged checkpoints.
  init(
    run url: URL, _ choice: Choice = .newest, grid: GridShape? = nil, workers: Int? = nil,
    warn: (String) -> Void
  ) throws {
    folder = RunFolder(url)
    configuration = try RunConfiguration(contentsOf: folder.configurationFile)
    let type = try Catalogue.current.learningAgent(named: configuration.agent.description)
    let found: Checkpoint?
    switch choice {
    case .newest:
      found = try folder.checkpoints.newest { damage in
        warn("\(damage.folder.lastPathComponent) is damaged and left out: \(damage.reason)")
      }
    case .best: found = try folder.checkpoints.best()
    }
    guard let found else {
      throw GymError(
        choice == .best ? "no checkpoint was validated" : "there is no checkpoint yet",
        at: folder.checkpoints.folder.path,
        remedy: choice == .best
          ? "Leave --best out, or train on a dataset with a validation split"
          : "Train the run first: reasongym train \(configuration.agent.name) "
            + "--out \(url.relativePath) --resume")
    }
    checkpoint = found
    // A run of many ranks may have had more workers than this machine has processors.
    let trained = configuration.context.with(
      workers: workers ?? min(configuration.context.workers, TrainingPlan.allWorkers))
    context = grid.map { type.answersOtherGrids ? trained.with(grid: $0) : trained } ?? trained
    agent = try type.init(settings: configuration.settings(of: type), context: context)
    try agent.restore(from: checkpoint.agentFolder, forTraining: false)
  }

  /// Checks that a dataset's questions have the form that the agent was trained on.
  func checkFits(_ data: Dataset) throws {
    guard data.cells == context.grid.cells, data.vocabularyCount == context.vocabularyCount,
      data.identifierCount <= context.puzzleIdentifiers
    else {
      throw GymError(
        "the dataset has \(data.cells) cells, \(data.vocabularyCount) tokens and "
          + data.identifierCount.counted("puzzle identifier"), at: data.url.path,
        expected: "\(context.grid.cells) cells, \(context.vocabularyCount) tokens and at most "
          + "\(context.puzzleIdentifiers.counted("identifier")), which the run was trained on",
        remedy: "Evaluate on a dataset of the same task and settings")
    }
  }
}
