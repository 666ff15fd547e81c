import Gym
import JSON

/// The description of a task that an external agent receives: tokens, grid, name and settings, but
/// no rules, unless the process knows them from the name.
public struct TaskDescription: Sendable, Hashable {
  /// The task's name and version.
  public let id: PluginID
  /// A one-line description of the puzzle.
  public let summary: String
  /// The values of all the task's settings, an object.
  public let settings: JSON
  /// The task's tokens and the text of each.
  public let vocabulary: Vocabulary
  /// The rows and columns of every question.
  public let grid: GridShape

  /// The description of a task.
  public init(_ task: some Task) {
    id = task.id
    summary = task.summary
    settings = task.settings.json
    vocabulary = task.vocabulary
    grid = task.grid
  }
}
