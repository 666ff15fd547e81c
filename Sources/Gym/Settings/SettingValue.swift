import JSON

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
