import Gym
import GymReports
import JSON

extension [Setting] {
  /// A table of the settings: names, defaults, values and meanings.
  func table(width: Int) -> String {
    var table = TextTable(("setting", .left), ("default", .right), ("what it does", .left))
    for setting in self {
      table.add(
        setting.name, setting.defaultValue.description, "\(setting.summary) (\(setting.domain))")
    }
    return table.text(width: width)
  }

  /// The settings as JSON.
  var json: JSON {
    .array(
      map { setting in
        [
          "name": .string(setting.name), "summary": .string(setting.summary),
          "default": setting.defaultValue.json, "values": .string(setting.domain),
        ]
      })
  }
}
