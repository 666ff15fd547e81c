import Gym
import JSON

/// A task as files identify it: its identifier and its settings.
public struct TaskReference: Sendable, Hashable {
  /// The task's name and version.
  public let id: PluginID
  /// All settings, by name.
  public let settings: JSON

  /// A reference to a task by its identifier and all its settings.
  public init(id: PluginID, settings: JSON) {
    self.id = id
    self.settings = settings
  }

  /// A reference to an existing task.
  public init(_ task: any Task) {
    self.init(id: task.id, settings: task.settings.json)
  }

  init(_ fields: JSONFields) throws {
    id = try fields.pluginID("id")
    settings = try fields.value("settings")
  }

  var json: JSON { ["id": .string(id.description), "settings": settings] }
}
