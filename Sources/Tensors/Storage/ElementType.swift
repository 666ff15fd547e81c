/// How numbers are stored. Arithmetic and accumulation are in f32 for both.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  case float32 = "f32"
  case bfloat16 = "bf16"

  /// The bytes of one number.
  public var size: Int { self == .float32 ? 4 : 2 }
}
