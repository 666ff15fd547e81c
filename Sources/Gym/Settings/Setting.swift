import GymJSON

/// A setting of a task or an agent that the user can change: its name, default and limits. It is
/// declared by a `SettingKey`, which also reads it.
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
  /// The condition without which it has no effect; nil if it always has one.
  public let condition: SettingCondition?

  init(
    _ name: String, _ summary: String, _ kind: Kind, _ value: SettingValue,
    _ condition: SettingCondition? = nil
  ) {
    self.name = name
    self.summary = summary
    self.kind = kind
    self.defaultValue = value
    self.condition = condition
    precondition(problem(with: value) == nil, "the default of \(name) is not one of its values")
  }
}

/// The value of a setting.
public enum SettingValue: Sendable, Hashable, CustomStringConvertible {
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// A number that may change during training.
  case schedule(Schedule)
  /// On or off.
  case flag(Bool)
  /// One of a choice's names.
  case text(String)

  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .schedule(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .text(let value): value
    }
  }

  /// The value as JSON. A constant schedule becomes a number, any other one a string.
  public var json: JSON {
    switch self {
    case .integer(let value): JSON(value)
    case .number(let value): .number(value)
    case .schedule(let value) where value.isConstant:
      value.start == value.start.rounded() && abs(value.start) < 1e15
        ? JSON(Int(value.start)) : .number(value.start)
    case .schedule(let value): .string(value.description)
    case .flag(let value): .bool(value)
    case .text(let value): .string(value)
    }
  }
}

extension Setting {
  /// Whether its value may be a schedule.
  package var mayChange: Bool {
    if case .schedule = kind { true } else { false }
  }

  /// A readable description of the values that this setting takes.
  public var domain: String {
    switch kind {
    case .integer(let range): "an integer in \(range.lowerBound)...\(range.upperBound)"
    case .number(let range): "a number in \(range.lowerBound)...\(range.upperBound)"
    case .schedule(let range, let isWhole):
      (isWhole
        ? "integers in \(Self.whole(range.lowerBound))...\(Self.whole(range.upperBound))"
        : "numbers in \(range.lowerBound)...\(range.upperBound)")
        + ": one, or a schedule such as \(isWhole ? "1,2@0.5" : "0.5..0.1@0.5")"
    case .flag: "true or false"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    }
  }

  /// A limit of whole numbers, which Int.max, rounded to a double, would exceed.
  private static func whole(_ limit: Double) -> Int {
    Int(exactly: limit.rounded()) ?? (limit < 0 ? .min : .max)
  }

  /// The value that a text gives, within the limits.
  public func value(parsing text: String) throws -> SettingValue {
    let value: SettingValue? =
      switch kind {
      case .integer: Int(text).map { .integer($0) }
      case .number: Double(text).map { .number($0) }
      case .schedule: .schedule(try Self.schedule(name, text))
      case .flag: Bool(text).map { .flag($0) }
      case .choice: .text(text)
      }
    return try checked(value, as: text)
  }

  /// The value that a JSON value gives, within the limits.
  public func value(_ json: JSON) throws -> SettingValue {
    let value: SettingValue? =
      switch (kind, json) {
      case (.integer, .integer(let value)): .integer(Int(value))
      case (.number, .integer(let value)): .number(Double(value))
      case (.number, .number(let value)): .number(value)
      case (.schedule, .integer(let value)): .schedule(Schedule(Double(value)))
      case (.schedule, .number(let value)): .schedule(Schedule(value))
      case (.schedule, .string(let value)): .schedule(try Self.schedule(name, value))
      case (.flag, .bool(let value)): .flag(value)
      case (.choice, .string(let value)): .text(value)
      default: nil
      }
    return try checked(value, as: json.text())
  }

  private static func schedule(_ name: String, _ text: String) throws -> Schedule {
    do {
      return try Schedule(text)
    } catch let error as GymError {
      throw GymError("\(name): \(error.what)", expected: error.expected)
    }
  }

  private func checked(_ value: SettingValue?, as text: String) throws -> SettingValue {
    guard let value, problem(with: value) == nil else {
      throw GymError("\(name) is \(text)", expected: domain)
    }
    return value
  }

  /// The problem with a value; nil if there is none.
  func problem(with value: SettingValue) -> String? {
    let fits =
      switch (kind, value) {
      case (.integer(let range), .integer(let value)): range.contains(value)
      // Limits may be infinite, but no file can hold a value that is.
      case (.number(let range), .number(let value)): value.isFinite && range.contains(value)
      case (.schedule(let range, let isWhole), .schedule(let value)):
        value.values.allSatisfy { range.contains($0) && !(isWhole && $0 != $0.rounded()) }
          && !(isWhole && value.transitions.contains { $0.interpolation != .jump })
      case (.flag, .flag): true
      case (.choice(let names), .text(let value)): names.contains(value)
      default: false
      }
    return fits ? nil : domain
  }
}
