/// Something that a person may set on a task or an agent: its name, default and limits.
public struct Setting: Sendable, Hashable {
  /// What values a setting takes.
  public enum Kind: Sendable, Hashable {
    /// A whole number within limits.
    case integer(ClosedRange<Int>)
    /// A number within limits.
    case number(ClosedRange<Double>)
    /// A number within limits that may change while an agent trains; only whole ones, if it says so.
    case schedule(ClosedRange<Double>, isWhole: Bool)
    /// True or false.
    case flag
    /// One of a few names.
    case choice([String])
  }

  /// The name in flags, configuration files and manifests: words joined by hyphens.
  public let name: String
  /// One line that says what it does.
  public let summary: String
  /// What values it takes, and their limits.
  public let kind: Kind
  /// Its value if nobody sets it: always one of its kind.
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

  /// A number within limits that may change while an agent trains.
  ///
  /// - Precondition: every value of the default is in `range`.
  public static func schedule(
    _ name: String, _ summary: String, default value: Double, in range: ClosedRange<Double>
  ) -> Setting {
    Setting(name, summary, .schedule(range, isWhole: false), .schedule(Schedule(value)))
  }

  /// A whole number within limits that may change while an agent trains.
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

  /// Something that is on or off.
  public static func flag(_ name: String, _ summary: String, default value: Bool) -> Setting {
    Setting(name, summary, .flag, .flag(value))
  }

  /// A choice among an enum's cases, by their raw values.
  public static func choice<Choice>(
    _ name: String, _ summary: String, default value: Choice
  ) -> Setting where Choice: CaseIterable & RawRepresentable<String> {
    Setting(name, summary, .choice(Choice.allCases.map(\.rawValue)), .text(value.rawValue))
  }

  /// A choice among names that are known only when the program runs.
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
