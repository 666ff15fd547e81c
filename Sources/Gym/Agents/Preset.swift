/// A named set of values for an agent's settings.
public struct Preset: Sendable, Hashable {
  /// The name that the user chooses it by.
  public let name: String
  /// A one-line description of its purpose.
  public let summary: String
  /// The values that differ from the defaults.
  public let values: [String: SettingValue]

  /// A preset from values by setting name; every other setting keeps its default.
  public init(_ name: String, _ summary: String, _ values: [String: SettingValue]) {
    self.name = name
    self.summary = summary
    self.values = values
  }
}
