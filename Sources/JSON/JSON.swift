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

  /// An integer, such as a count or a seed.
  ///
  /// - Precondition: it fits 64 bits, with or without sign.
  @inlinable
  public init(_ integer: some FixedWidthInteger) {
    self = Int64(exactly: integer).map { .integer($0) } ?? .unsigned(UInt64(integer))
  }
}
