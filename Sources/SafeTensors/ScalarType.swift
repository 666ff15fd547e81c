/// The number types of the safetensors format that we read and write.
public enum ScalarType: String, Sendable, Hashable, CaseIterable {
  case bool = "BOOL"
  case uint8 = "U8"
  case int8 = "I8"
  case int32 = "I32"
  case int64 = "I64"
  case uint64 = "U64"
  case bfloat16 = "BF16"
  case float32 = "F32"
  case float64 = "F64"

  /// The bytes of one number.
  public var size: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}
