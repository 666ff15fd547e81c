import JSON

extension Setting {
  /// A readable description of the values that this setting takes.
  public var domain: String {
    switch kind {
    case .integer(let range): "an integer in \(range.lowerBound)...\(range.upperBound)"
    case .number(let range): "a number in \(range.lowerBound)...\(range.upperBound)"
    case .schedule(let range, let isWhole):
      (isWhole
        ? "integers in \(Int(range.lowerBound))...\(Int(range.upperBound))"
        : "numbers in \(range.lowerBound)...\(range.upperBound)")
        + ": one, or a schedule such as \(isWhole ? "1,2@0.5" : "0.5..0.1@0.5")"
    case .flag: "true or false"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    }
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
      case (.number(let range), .number(let value)): range.contains(value)
      case (.schedule(let range, let isWhole), .schedule(let value)):
        value.values.allSatisfy { range.contains($0) && !(isWhole && $0 != $0.rounded()) }
          && !(isWhole && value.legs.contains { $0.course != .jump })
      case (.flag, .flag): true
      case (.choice(let names), .text(let value)): names.contains(value)
      default: false
      }
    return fits ? nil : domain
  }
}
