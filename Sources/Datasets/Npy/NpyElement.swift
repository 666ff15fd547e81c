/// The element types of `.npy` files that datasets are stored in.
public enum NpyElement: String, Sendable, Hashable, CaseIterable {
  case int8 = "|i1"
  case uint8 = "|u1"
  case int16 = "<i2"
  case uint16 = "<u2"
  case int32 = "<i4"
  case uint32 = "<u4"
  case int64 = "<i8"
  case uint64 = "<u8"
  case float32 = "<f4"

  /// The bytes of one element.
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
