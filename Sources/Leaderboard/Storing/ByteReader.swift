import Gym

/// Reads numbers and runs from stored bytes; truncated or invalid ones are errors.
struct ByteReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func byte() throws -> UInt8 {
    guard let byte = rest.popFirst() else { throw Self.damaged }
    return byte
  }

  mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Self.damaged }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// An integer in groups of seven bits, the lowest first.
  mutating func integer() throws -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 127) << shift
      if byte < 128 {
        guard let value = Int(exactly: value) else { throw Self.damaged }
        return value
      }
    }
    throw Self.damaged
  }

  mutating func double() throws -> Double {
    let pattern = try bytes(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bitPattern: pattern)
  }

  static let damaged = GymError(
    "stored answers are damaged", remedy: "Restore the board from a copy")
}

extension [UInt8] {
  /// Appends an integer in groups of seven bits, the lowest first.
  ///
  /// - Precondition: it is not negative.
  mutating func append(integer: Int) {
    var rest = UInt64(integer)
    while rest > 127 {
      append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends a double's bits in little-endian order.
  mutating func append(double: Double) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: double.bitPattern >> shift))
    }
  }
}
