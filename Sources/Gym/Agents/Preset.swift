/// A named set of values for an agent's settings.
public struct Preset: Sendable, Hashable {
  /// The name that a person chooses it by.
  public let name: String
  /// One line that says what it is for.
  public let summary: String
  /// The values that differ from the defaults.
  public let values: [String: SettingValue]

  /// A preset of values by the settings' names; every other setting keeps its default.
  public init(_ name: String, _ summary: String, _ values: [String: SettingValue]) {
    self.name = name
    self.summary = summary
    self.values = values
  }
}
