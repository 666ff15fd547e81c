import JSON

/// The value of a setting.
public enum SettingValue: Sendable, Hashable, CustomStringConvertible {
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// On or off.
  case flag(Bool)
  /// One of a choice's names.
  case text(String)

  public var description: String {
    switch self {
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .flag(let value): "\(value)"
    case .text(let value): value
    }
  }

  /// The value as JSON.
  public var json: JSON {
    switch self {
    case .integer(let value): .integer(Int64(value))
    case .number(let value): .number(value)
    case .flag(let value): .bool(value)
    case .text(let value): .string(value)
    }
  }
}
