import Gym
import JSON

/// The task of a dataset's puzzles, with its settings and its tokens.
public struct TaskSpec: Sendable, Hashable {
  /// The task that the puzzles belong to.
  public let task: PluginID
  /// The task's settings, an object.
  public let settings: JSON
  /// The shape of a question and of an answer.
  public let grid: GridShape
  /// The tokens' characters, 2 to 255 distinct ones.
  public let vocabulary: String

  /// The description of a task for its datasets.
  public init(_ task: some Task) {
    self.init(
      task: task.id, settings: task.settings.json, grid: task.grid,
      vocabulary: String(task.vocabulary.characters))
  }

  init(task: PluginID, settings: JSON, grid: GridShape, vocabulary: String) {
    self.task = task
    self.settings = settings
    self.grid = grid
    self.vocabulary = vocabulary
  }
}
