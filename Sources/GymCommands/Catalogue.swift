import Gym
import GymDatasets
import GymExternal
import GymJSON
import GymTraining

/// The tasks and agents that a program was built with.
public struct Catalogue: Sendable {
  /// The kinds of tasks, with distinct names.
  public let tasks: [any Task.Type]
  // A type has no state that threads could share, whether or not its values are `Sendable`.
  /// The kinds of agents, with distinct names.
  public nonisolated(unsafe) let agents: [any Agent.Type]

  /// The catalogue that commands use; `ReasonGym` sets it.
  @TaskLocal public static var current = Catalogue(tasks: [], agents: [])

  /// - Precondition: no two tasks and no two agents have the same name.
  public init(tasks: [any Task.Type], agents: [any Agent.Type]) {
    for names in [tasks.map { $0.id.name }, agents.map { $0.id.name }] {
      precondition(Set(names).count == names.count, "a name stands twice among \(names)")
    }
    self.tasks = tasks
    self.agents = agents
  }

  /// The task with a name, or a name and version such as `sudoku-extreme@1`.
  public func task(named text: String) throws -> any Task.Type {
    try entry(named: text, "task", tasks.map { ($0.id, $0) })
  }

  /// The agent with a name, or a name and version such as `hrm@1`.
  public func agent(named text: String) throws -> any Agent.Type {
    try entry(named: text, "agent", agents.map { ($0.id, $0) })
  }

  /// The learning agent with a name.
  public func learningAgent(named text: String) throws -> any LearningAgent.Type {
    let agent = try agent(named: text)
    guard let learning = agent as? any LearningAgent.Type else {
      let names = agents.filter { $0 is any LearningAgent.Type }.map { $0.id.name }
      throw GymError(
        "\(agent.id) does not learn",
        expected: names.isEmpty ? nil : "one of \(names.joined(separator: ", "))")
    }
    return learning
  }

  private func entry<Entry>(
    named text: String, _ kind: String, _ entries: [(id: PluginID, Entry)]
  ) throws -> Entry {
    let name = text.split(separator: "@", omittingEmptySubsequences: false).first.map(String.init)
    let names = entries.map(\.id.name)
    guard let (id, entry) = entries.first(where: { $0.id.name == name }) else {
      let near = Suggestion.nearest(to: name ?? text, among: names)
      throw GymError(
        "there is no \(kind) \"\(text)\"",
        expected: "one of \(names.joined(separator: ", "))",
        remedy: near.map { "Did you mean \"\($0)\"?" })
    }
    guard text == id.name || text == id.description else {
      throw GymError(
        "there is no \(kind) \"\(text)\"", expected: "\(id), the version of this program",
        remedy: "What another version made is read by the program of that version")
    }
    return entry
  }
}

extension Catalogue {
  /// The task that a run or dataset refers to, with its settings.
  ///
  /// - Parameters:
  ///   - values: texts such as `size=30`, in place of the reference's settings.
  ///   - place: the file that refers to it.
  func task(
    _ reference: TaskReference, settings values: [String] = [], of place: String? = nil
  ) throws -> any Task {
    let type: any Task.Type
    do {
      type = try task(named: reference.id.description)
    } catch let error as GymError {
      throw GymError(
        error.what, at: place, expected: error.expected,
        remedy: "If it is a process, name its command: --task \"exec:COMMAND\"")
    }
    var settings = Settings(type.settings)
    try settings.set(reference.settings)
    try settings.assign(values)
    return try type.init(settings: settings)
  }

  /// A task with settings from texts such as `size=6`: one of the catalogue, or a process
  /// (`exec:python3 my_task.py`).
  func task(named name: String, settings values: [String]) throws -> any Task {
    if let command = ExternalCommand.command(in: name) {
      return try ExternalTask(command: command) { try $0.assign(values) }
    }
    let type = try task(named: name)
    var settings = Settings(type.settings)
    try settings.assign(values)
    return try type.init(settings: settings)
  }

  /// The task of a dataset: the one in its manifest, or `name` if it has none; nil without either.
  /// A process is never started just because a manifest names it.
  func task(of data: Dataset, named name: String?) throws -> (any Task)? {
    if let name, let command = ExternalCommand.command(in: name) {
      return try process(command, of: data)
    }
    if let manifest = data.manifest {
      let named = try name.map { name in
        try GymError.located("--task") { try self.task(named: name) }
      }
      let task = try task(
        TaskReference(id: manifest.task, settings: manifest.settings),
        of: data.url.appendingPathComponent(DatasetManifest.fileName).path)
      guard let named, named.id != manifest.task, let name else { return task }
      throw GymError(
        "the dataset is of \(manifest.task)", at: data.url.path, expected: "one of \(name)",
        remedy: "Leave --task out")
    }
    guard let name else { return nil }
    do {
      return try fitting(option(name), data)
    } catch {
      // Other programs' folders do not state the size of their boards.
      let size = Int(Double(data.cells).squareRoot())
      guard let sized = try? fitting(option(name, settings: ["size=\(size)"]), data) else {
        throw error
      }
      return sized
    }
  }

  /// The task named by the option --task.
  func option(_ name: String, settings values: [String] = []) throws -> any Task {
    try GymError.located("--task") { try task(named: name, settings: values) }
  }

  /// The task of a dataset, as `task(of:named:)` finds it.
  ///
  /// - Throws: a `GymError` if neither the manifest nor `name` says which task it is, among others.
  func knownTask(of data: Dataset, named name: String?) throws -> any Task {
    guard let task = try task(of: data, named: name) else {
      throw GymError(
        "the dataset does not say which task it is of", at: data.url.path,
        remedy: "Name it by --task")
    }
    return task
  }

  /// A task in an external process, with the settings of its dataset.
  private func process(_ command: String, of data: Dataset) throws -> any Task {
    let task = try ExternalTask(command: command) { settings in
      if let manifest = data.manifest { try settings.set(manifest.settings) }
    }
    if let manifest = data.manifest, manifest.task != task.id {
      throw GymError(
        "the dataset is of \(manifest.task)", at: data.url.path, expected: "one of \(task.id)",
        remedy: "Name the process of that task")
    }
    return try fitting(task, data)
  }

  /// A task, checked to have the same cells and tokens as a dataset.
  private func fitting(_ task: any Task, _ data: Dataset) throws -> any Task {
    try data.checkFits(task)
    return task
  }
}
