/// A named set of values for an agent's settings.
public struct Preset: Sendable, Hashable {
  public let name: String
  public let summary: String
  /// The values that differ from the defaults.
  public let values: [String: SettingValue]

  public init(_ name: String, _ summary: String, _ values: [String: SettingValue]) {
    self.name = name
    self.summary = summary
    self.values = values
  }
}
