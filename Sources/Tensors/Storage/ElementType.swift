/// How numbers are stored. Arithmetic and accumulation use f32 for both.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  /// IEEE 754 single precision.
  case float32 = "f32"
  /// The upper 16 bits of an f32.
  case bfloat16 = "bf16"

  /// The size of one number in bytes.
  public var size: Int { self == .float32 ? 4 : 2 }
}
