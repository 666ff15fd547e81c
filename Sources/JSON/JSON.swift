/// A JSON value. Objects keep the order of their members.
public enum JSON: Sendable, Hashable {
  /// No value: `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// An integer without fraction or exponent that fits 64 bits.
  case integer(Int64)
  /// An integer above `Int64.max` that fits 64 unsigned bits. Smaller ones are `.integer`.
  case unsigned(UInt64)
  /// Any other number, always finite.
  case number(Double)
  /// Text.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Values by name, in order.
  case object(JSONObject)
}
