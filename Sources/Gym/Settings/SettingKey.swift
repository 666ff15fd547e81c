/// A setting of a task or an agent that is read as a value of one type.
///
/// A task has a key for each of its settings, lists them, and reads their values by them, so that
/// the compiler finds a misspelt name or a wrong type:
///
///     static let size = Setting.integer("size", "the rows", default: 9, in: 4...25)
///     static let settings = Setting.list(size)
///
///     init(settings: Settings) throws {
///       let rows = settings[Self.size]  // an Int
public struct SettingKey<Value: Sendable>: Sendable {
  /// Its name, default and limits, as users see them.
  public let declaration: Setting
  /// The value if it is not set.
  public let defaultValue: Value
  let read: @Sendable (SettingValue) -> Value?
  private let written: @Sendable (Value) -> SettingValue

  fileprivate init(
    _ name: String, _ summary: String, _ kind: Setting.Kind, _ value: Value,
    _ written: @escaping @Sendable (Value) -> SettingValue, if condition: SettingCondition? = nil,
    read: @escaping @Sendable (SettingValue) -> Value?
  ) {
    declaration = Setting(name, summary, kind, written(value), condition)
    (defaultValue, self.written, self.read) = (value, written, read)
  }

  /// The same setting with another default.
  ///
  /// - Precondition: the default is within the limits.
  public func withDefault(_ value: Value) -> SettingKey {
    SettingKey(
      declaration.name, declaration.summary, declaration.kind, value, written,
      if: declaration.condition, read: read)
  }

  /// The same setting, which has an effect only if another one has one of some values.
  ///
  /// - Precondition: it has no condition yet.
  public func onlyIf<Other>(_ other: SettingKey<Other>, is values: Other...) -> SettingKey {
    with(SettingCondition(other.declaration.name, .isOneOf(values.map(other.written))))
  }

  /// The same setting, which has no effect if another one has one of some values.
  ///
  /// - Precondition: it has no condition yet.
  public func unless<Other>(_ other: SettingKey<Other>, is values: Other...) -> SettingKey {
    with(SettingCondition(other.declaration.name, .isNoneOf(values.map(other.written))))
  }

  private func with(_ condition: SettingCondition) -> SettingKey {
    precondition(declaration.condition == nil, "\(declaration.name) has two conditions")
    return SettingKey(
      declaration.name, declaration.summary, declaration.kind, defaultValue, written,
      if: condition, read: read)
  }
}

extension Setting {
  /// The settings of some keys, in this order.
  public static func list<each Value>(_ keys: repeat SettingKey<each Value>) -> [Setting] {
    var settings: [Setting] = []
    for key in repeat each keys { settings.append(key.declaration) }
    return settings
  }

  /// A whole number within limits.
  ///
  /// - Precondition: the default is in `range`.
  public static func integer(
    _ name: String, _ summary: String, default value: Int, in range: ClosedRange<Int>
  ) -> SettingKey<Int> {
    SettingKey(name, summary, .integer(range), value, SettingValue.integer) {
      if case .integer(let value) = $0 { value } else { nil }
    }
  }

  /// A number within limits.
  ///
  /// - Precondition: the default is in `range`.
  public static func number(
    _ name: String, _ summary: String, default value: Double, in range: ClosedRange<Double>
  ) -> SettingKey<Double> {
    SettingKey(name, summary, .number(range), value, SettingValue.number) {
      if case .number(let value) = $0 { value } else { nil }
    }
  }

  /// A number within limits that may change during training.
  ///
  /// - Precondition: every value of the default is in `range`.
  public static func schedule(
    _ name: String, _ summary: String, default value: Double, in range: ClosedRange<Double>
  ) -> SettingKey<Schedule> {
    schedule(name, summary, value, range, isWhole: false)
  }

  /// A whole number within limits that may change during training.
  ///
  /// - Precondition: the default is in `range`.
  public static func schedule(
    _ name: String, _ summary: String, default value: Int, in range: ClosedRange<Int>
  ) -> SettingKey<Schedule> {
    let limits = Double(range.lowerBound)...Double(range.upperBound)
    return schedule(name, summary, Double(value), limits, isWhole: true)
  }

  private static func schedule(
    _ name: String, _ summary: String, _ value: Double, _ range: ClosedRange<Double>, isWhole: Bool
  ) -> SettingKey<Schedule> {
    SettingKey(
      name, summary, .schedule(range, isWhole: isWhole), Schedule(value), SettingValue.schedule
    ) {
      if case .schedule(let value) = $0 { value } else { nil }
    }
  }

  /// A setting that is on or off.
  public static func flag(
    _ name: String, _ summary: String, default value: Bool
  ) -> SettingKey<Bool> {
    SettingKey(name, summary, .flag, value, SettingValue.flag) {
      if case .flag(let value) = $0 { value } else { nil }
    }
  }

  /// A choice among an enum's cases, by their raw values.
  public static func choice<Choice>(
    _ name: String, _ summary: String, default value: Choice
  ) -> SettingKey<Choice> where Choice: CaseIterable & RawRepresentable<String> & Sendable {
    SettingKey(
      name, summary, .choice(Choice.allCases.map(\.rawValue)), value, { .text($0.rawValue) }
    ) {
      if case .text(let name) = $0 { Choice(rawValue: name) } else { nil }
    }
  }

  /// A choice among names that are known only at run time.
  ///
  /// - Precondition: the default is one of them.
  public static func choice(
    _ name: String, _ summary: String, default value: String, among names: [String]
  ) -> SettingKey<String> {
    SettingKey(name, summary, .choice(names), value, SettingValue.text) {
      if case .text(let name) = $0 { name } else { nil }
    }
  }
}
