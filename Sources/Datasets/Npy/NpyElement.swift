/// The element types of `.npy` files in datasets.
public enum NpyElement: String, Sendable, Hashable, CaseIterable {
  /// 8 bits, signed.
  case int8 = "|i1"
  /// 8 bits, unsigned.
  case uint8 = "|u1"
  /// 16 bits, signed.
  case int16 = "<i2"
  /// 16 bits, unsigned.
  case uint16 = "<u2"
  /// 32 bits, signed.
  case int32 = "<i4"
  /// 32 bits, unsigned.
  case uint32 = "<u4"
  /// 64 bits, signed.
  case int64 = "<i8"
  /// 64 bits, unsigned.
  case uint64 = "<u8"
  /// IEEE 754 single precision.
  case float32 = "<f4"

  /// The size of one element in bytes.
  public var size: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64: 8
    }
  }

  /// Whether the elements are integers.
  public var isInteger: Bool { self != .float32 }
}
