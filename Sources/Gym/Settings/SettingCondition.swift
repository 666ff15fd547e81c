/// A condition without which a setting has no effect: the value of another one, as Muon's momentum
/// needs `optimizer=muon`.
public struct SettingCondition: Sendable, Hashable, CustomStringConvertible {
  enum Rule: Sendable, Hashable {
    case isOneOf([SettingValue])
    case isNoneOf([SettingValue])
  }

  /// The name of the other setting.
  public let setting: String
  private let rule: Rule

  init(_ setting: String, _ rule: Rule) {
    (self.setting, self.rule) = (setting, rule)
  }

  /// Whether it is met; it is if the other setting is not among these.
  func isMet(by settings: Settings) -> Bool {
    guard let value = settings[setting] else { return true }
    return switch rule {
    case .isOneOf(let values): values.contains(value)
    case .isNoneOf(let values): !values.contains(value)
    }
  }

  public var description: String {
    switch rule {
    case .isOneOf(let values): "\(setting) is \(Self.list(values))"
    case .isNoneOf(let values): "\(setting) is not \(Self.list(values))"
    }
  }

  private static func list(_ values: [SettingValue]) -> String {
    values.map(\.description).joined(separator: " or ")
  }
}

extension Settings {
  /// Makes sure that settings which somebody chose have an effect beside the others.
  ///
  /// - Throws: a `GymError` that names the first without one.
  public func checkEffect(of names: some Collection<String>) throws {
    for setting in declared where names.contains(setting.name) {
      guard let condition = setting.condition, !condition.isMet(by: self) else { continue }
      throw GymError(
        "\(setting.name) has no effect: \(condition.setting) is "
          + "\(self[condition.setting]?.description ?? "missing")",
        expected: "\(setting.name) only if \(condition)",
        remedy: "Leave \(setting.name) out, or change \(condition.setting)")
    }
  }
}
