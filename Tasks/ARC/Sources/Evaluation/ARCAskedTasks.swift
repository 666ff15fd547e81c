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

  /// - Throws: a `GymError` if two different tasks of one file have the same name.
  init(_ arc: ARC, _ source: PuzzleSource) throws {
    var files: [URL] = []
    var places: [String: [Int]] = [:]
    try arc.readPuzzles(from: source) { puzzle in
      let task = try ARCTask(puzzle)
      let known = places[task.name] ?? []
      if let twin = known.first(where: { tasks[$0].isSame(as: task) }) {
        if tasks[twin].tests.contains(where: { $0.answer == nil }) { tasks[twin] = task }
        return
      }
      places[task.name, default: []].append(tasks.count)
      tasks.append(task)
      files.append(puzzle.file ?? source.file)
    }
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
