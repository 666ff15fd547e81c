import Gym
import JSON

/// The description of a task that an external agent receives: name, settings, tokens and grid, and
/// in words the rules and the legend.
public struct TaskDescription: Sendable, Hashable {
  /// The task's name and version.
  public let id: PluginID
  /// A one-line description of the puzzle.
  public let summary: String
  /// The rules in a few sentences.
  public let rules: String
  /// The meaning of the tokens and of places in the grid.
  public let legend: [LegendEntry]
  /// The region of each cell; nil if the task has none.
  public let regions: [Int]?
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
    rules = task.rules
    legend = task.legend
    regions = task.regions
    settings = task.settings.json
    vocabulary = task.vocabulary
    grid = task.grid
  }
}
