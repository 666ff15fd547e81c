import Gym

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
