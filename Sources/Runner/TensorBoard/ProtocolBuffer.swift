/// A message in the wire format of Protocol Buffers, as far as TensorBoard's events need it.
///
/// A field is a tag, its number · 8 + its kind, and a value: a varint (kind 0), eight bytes (1),
/// bytes with their count (2), or four bytes (5).
package struct ProtocolBuffer: Sendable {
  /// The bytes of the fields so far.
  package private(set) var bytes: [UInt8] = []

  /// A message without fields.
  package init() {}

  /// A message with the fields that `body` adds.
  package init(_ body: (inout ProtocolBuffer) -> Void) { body(&self) }

  /// Adds an `int64` or an enum's value; 0 is what a missing field means.
  package mutating func add(_ field: Int, integer: Int) {
    guard integer != 0 else { return }
    addVarint(UInt64(field) << 3)
    addVarint(UInt64(bitPattern: Int64(integer)))
  }

  /// Adds a `double`.
  package mutating func add(_ field: Int, double: Double) {
    addVarint(UInt64(field) << 3 | 1)
    addLittleEndian(double.bitPattern)
  }

  /// Adds a `float`.
  package mutating func add(_ field: Int, float: Float) {
    addVarint(UInt64(field) << 3 | 5)
    addLittleEndian(float.bitPattern)
  }

  /// Adds a `string`.
  package mutating func add(_ field: Int, text: String) { add(field, Array(text.utf8)) }

  /// Adds a message.
  package mutating func add(_ field: Int, _ message: ProtocolBuffer) { add(field, message.bytes) }

  private mutating func add(_ field: Int, _ content: [UInt8]) {
    addVarint(UInt64(field) << 3 | 2)
    addVarint(UInt64(content.count))
    bytes += content
  }

  /// Seven bits per byte, lowest first; the highest bit of a byte says that more follow.
  private mutating func addVarint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func addLittleEndian(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}
