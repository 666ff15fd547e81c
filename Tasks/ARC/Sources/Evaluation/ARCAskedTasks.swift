import Foundation
import Gym

/// The tasks that a submission is scored on, each once and under a unique name.
struct ARCAskedTasks {
  /// The tasks in the files' order; different tasks with the same name are qualified by their
  /// folders.
  private(set) var tasks: [ARCTask] = []
  /// The files of different tasks with the same name, by that name.
  private(set) var namesakes: [String: [String]] = [:]
  /// The qualified names of those tasks, by the name in their files.
  private(set) var qualified: [String: [String]] = [:]
  /// Notes about variants among the tasks, each a sentence without its full stop.
  private(set) var notes: [String] = []

  private var files: [URL] = []
  private var places: [String: [Int]] = [:]

  /// Variants are the task that they were made of.
  ///
  /// - Throws: a `GymError` if two different tasks of one file have the same name.
  init(_ arc: ARC, _ source: PuzzleSource) throws {
    var variants: [(name: String, task: ARCTask, file: URL)] = []
    var (unknown, strangers) = (NameList(), NameList())
    try arc.readPuzzles(from: source) { puzzle in
      let task = try ARCTask(puzzle)
      let file = puzzle.file ?? source.file
      guard let original = task.original else { return unknown.insert(task.name) }
      if original.name == task.name {
        add(task, file)
      } else {
        variants.append((task.name, original, file))
      }
    }
    for (name, task, file) in variants {
      let known = places[task.name] ?? []
      if !known.isEmpty, !known.contains(where: { tasks[$0].isSame(as: task) }) {
        strangers.insert(name)
      } else {
        add(task, file)
      }
    }
    let hidden = ARCVariantNames.hidden(in: tasks)
    for index in hidden.sorted() { unknown.insert(tasks[index].name) }
    if !hidden.isEmpty {
      let kept = tasks.indices.filter { !hidden.contains($0) }
      (tasks, files) = (kept.map { tasks[$0] }, kept.map { files[$0] })
      places = Dictionary(grouping: tasks.indices) { tasks[$0].name }
    }
    notes = NameList.notes(unknown: unknown, strangers: strangers)
    if !variants.isEmpty {
      notes.append(
        "\(variants.count) variant\(variants.count == 1 ? " is" : "s are") not counted as tasks of "
          + "their own")
    }
    try qualify()
  }

  /// Adds a task, unless the same one is there.
  private mutating func add(_ task: ARCTask, _ file: URL) {
    if let twin = places[task.name]?.first(where: { tasks[$0].isSame(as: task) }) {
      if tasks[twin].tests.contains(where: { $0.answer == nil }) { tasks[twin] = task }
      return
    }
    places[task.name, default: []].append(tasks.count)
    tasks.append(task)
    files.append(file)
  }

  /// Tells different tasks with the same name apart.
  private mutating func qualify() throws {
    for (name, indices) in places where indices.count > 1 {
      let homes = indices.map { QualifiedName.home(of: files[$0], name: name) }
      guard let names = QualifiedName.names(name, in: homes) else {
        throw GymError(
          "two different tasks are called \(String(reflecting: name))",
          at: files[indices[0]].path, expected: "a name for each task")
      }
      for (index, name) in zip(indices, names) { tasks[index].name = name }
      namesakes[name] = indices.map { files[$0].path }
      qualified[name] = names
    }
  }
}

extension ARCTask {
  /// Whether both are the same task; withheld answers may differ.
  fileprivate func isSame(as other: ARCTask) -> Bool {
    demonstrations == other.demonstrations && tests.count == other.tests.count
      && zip(tests, other.tests).allSatisfy {
        $0.question == $1.question
          && ($0.answer == nil || $1.answer == nil || $0.answer == $1.answer)
      }
  }
}

/// An agent's answer to one question of one variant of a task, as canvases.
public struct ARCVariantPrediction: Sendable, Hashable {
  /// The variant's name: `<task>`, or one that says how it was made; see `ARCPuzzleName`.
  public var variant: String
  /// The variant's question, 900 tokens, in the top left corner.
  public var question: [UInt8]
  /// The agent's answer; nil if it gave none.
  public var answer: [UInt8]?
  /// How sure the agent is, from 0 to 1; for HRM, the sigmoid of its halt logit.
  public var confidence: Double

  /// An answer to a variant's question, or nil.
  public init(variant: String, question: [UInt8], answer: [UInt8]?, confidence: Double) {
    self.variant = variant
    self.question = question
    self.answer = answer
    self.confidence = confidence
  }
}
