/// A setting of a task or an agent that the user can change: its name, default and limits.
public struct Setting: Sendable, Hashable {
  /// The kind of values that a setting takes.
  public enum Kind: Sendable, Hashable {
    /// A whole number within limits.
    case integer(ClosedRange<Int>)
    /// A number within limits.
    case number(ClosedRange<Double>)
    /// A number within limits that may change during training; `isWhole` restricts it to whole
    /// numbers.
    case schedule(ClosedRange<Double>, isWhole: Bool)
    /// True or false.
    case flag
    /// One of a few names.
    case choice([String])
  }

  /// The name in flags, configuration files and manifests: words joined by hyphens.
  public let name: String
  /// A one-line description.
  public let summary: String
  /// The kind of its values, and their limits.
  public let kind: Kind
  /// The value if it is not set; always of this kind.
  public let defaultValue: SettingValue

  /// A whole number within limits.
  ///
  /// - Precondition: the default is in `range`.
  public static func integer(
    _ name: String, _ summary: String, default value: Int, in range: ClosedRange<Int>
  ) -> Setting {
    Setting(name, summary, .integer(range), .integer(value))
  }

  /// A number within limits.
  ///
  /// - Precondition: the default is in `range`.
  public static func number(
    _ name: String, _ summary: String, default value: Double, in range: ClosedRange<Double>
  ) -> Setting {
    Setting(name, summary, .number(range), .number(value))
  }

  /// A number within limits that may change during training.
  ///
  /// - Precondition: every value of the default is in `range`.
  public static func schedule(
    _ name: String, _ summary: String, default value: Double, in range: ClosedRange<Double>
  ) -> Setting {
    Setting(name, summary, .schedule(range, isWhole: false), .schedule(Schedule(value)))
  }

  /// A whole number within limits that may change during training.
  ///
  /// - Precondition: the default is in `range`.
  public static func schedule(
    _ name: String, _ summary: String, default value: Int, in range: ClosedRange<Int>
  ) -> Setting {
    Setting(
      name, summary,
      .schedule(Double(range.lowerBound)...Double(range.upperBound), isWhole: true),
      .schedule(Schedule(Double(value))))
  }

  /// A setting that is on or off.
  public static func flag(_ name: String, _ summary: String, default value: Bool) -> Setting {
    Setting(name, summary, .flag, .flag(value))
  }

  /// A choice among an enum's cases, by their raw values.
  public static func choice<Choice>(
    _ name: String, _ summary: String, default value: Choice
  ) -> Setting where Choice: CaseIterable & RawRepresentable<String> {
    Setting(name, summary, .choice(Choice.allCases.map(\.rawValue)), .text(value.rawValue))
  }

  /// A choice among names that are known only at run time.
  ///
  /// - Precondition: the default is one of them.
  public static func choice(
    _ name: String, _ summary: String, default value: String, among names: [String]
  ) -> Setting {
    Setting(name, summary, .choice(names), .text(value))
  }

  private init(_ name: String, _ summary: String, _ kind: Kind, _ value: SettingValue) {
    self.name = name
    self.summary = summary
    self.kind = kind
    self.defaultValue = value
    precondition(problem(with: value) == nil, "the default of \(name) is not one of its values")
  }
}
