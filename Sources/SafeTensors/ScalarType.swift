/// The number types of the safetensors format that we read and write.
public enum ScalarType: String, Sendable, Hashable, CaseIterable {
  /// One byte, 0 or 1.
  case bool = "BOOL"
  /// 8 bits, unsigned.
  case uint8 = "U8"
  /// 8 bits, signed.
  case int8 = "I8"
  /// 32 bits, signed.
  case int32 = "I32"
  /// 64 bits, signed.
  case int64 = "I64"
  /// 64 bits, unsigned.
  case uint64 = "U64"
  /// The upper 16 bits of an f32.
  case bfloat16 = "BF16"
  /// IEEE 754 single precision.
  case float32 = "F32"
  /// IEEE 754 double precision.
  case float64 = "F64"

  /// The size of one number in bytes.
  public var size: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}
