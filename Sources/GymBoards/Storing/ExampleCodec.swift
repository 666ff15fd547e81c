import Gym

/// A benchmark's puzzles as the compact bytes that a board stores: for each one the packed
/// question, then the packed answer. Ratings are stored separately.
package struct ExampleCodec: Sendable {
  private let packing: TokenPacking

  package init(_ packing: TokenPacking) {
    self.packing = packing
  }

  /// The bytes of consecutive examples.
  package func bytes(_ examples: some Sequence<Example>) -> [UInt8] {
    var bytes: [UInt8] = []
    for example in examples {
      packing.append(example.question, to: &bytes)
      packing.append(example.answer, to: &bytes)
    }
    return bytes
  }

  /// The examples in bytes, without ratings.
  ///
  /// - Throws: a `GymError` if the bytes are not those of `count` examples.
  package func examples(_ bytes: [UInt8], count: Int) throws -> [Example] {
    var reader = ByteReader(bytes)
    let examples = try (0..<count).map { _ in
      Example(
        question: packing.tokens(try reader.bytes(packing.byteCount)),
        answer: packing.tokens(try reader.bytes(packing.byteCount)))
    }
    guard reader.isAtEnd else { throw ByteReader.damaged }
    return examples
  }

  /// Ratings as bytes; an unknown one is a NaN.
  package static func bytes(ratings: [Double?]) -> [UInt8] {
    var bytes: [UInt8] = []
    for rating in ratings { bytes.append(double: rating ?? .nan) }
    return bytes
  }

  /// The ratings in bytes.
  package static func ratings(_ bytes: [UInt8]) throws -> [Double?] {
    var reader = ByteReader(bytes)
    var ratings: [Double?] = []
    while !reader.isAtEnd {
      let rating = try reader.double()
      ratings.append(rating.isFinite ? rating : nil)
    }
    return ratings
  }
}

/// Packs tokens into as few bits as a vocabulary and one foreign token need, for storage on a
/// board.
package struct TokenPacking: Sendable, Hashable {
  /// The number of tokens of an answer.
  package let cells: Int
  /// The number of bits of a token, 1...8.
  package let bits: Int

  /// The packing of a task's tokens and the foreign one, `vocabularyCount`.
  ///
  /// - Precondition: 1...65 536 cells and 1...255 tokens.
  package init(cells: Int, vocabularyCount: Int) {
    precondition((1...65_536).contains(cells) && (1...255).contains(vocabularyCount))
    self.cells = cells
    bits = 8 - UInt8(vocabularyCount).leadingZeroBitCount
  }

  /// The number of bytes of an answer.
  package var byteCount: Int { (cells * bits + 7) / 8 }

  /// Appends an answer's tokens; tokens outside the vocabulary become the foreign one.
  ///
  /// - Precondition: there are `cells`.
  package func append(_ tokens: [UInt8], to bytes: inout [UInt8]) {
    precondition(tokens.count == cells)
    var (buffer, held) = (UInt32(0), UInt32(0))
    for token in tokens {
      buffer |= UInt32(token & UInt8(truncatingIfNeeded: 1 << bits - 1)) << held
      held += UInt32(bits)
      while held >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: buffer))
        (buffer, held) = (buffer >> 8, held - 8)
      }
    }
    if held > 0 { bytes.append(UInt8(truncatingIfNeeded: buffer)) }
  }

  /// The tokens of packed bytes.
  ///
  /// - Precondition: there are `byteCount`.
  package func tokens(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    precondition(bytes.count == byteCount)
    var (buffer, held, place) = (UInt32(0), 0, bytes.startIndex)
    let mask = UInt32(1) << UInt32(bits) - 1
    return Array(unsafeUninitializedCapacity: cells) { tokens, count in
      for cell in 0..<cells {
        if held < bits {
          buffer |= UInt32(bytes[place]) << UInt32(held)
          (held, place) = (held + 8, place + 1)
        }
        tokens[cell] = UInt8(truncatingIfNeeded: buffer & mask)
        (buffer, held) = (buffer >> UInt32(bits), held - bits)
      }
      count = cells
    }
  }
}

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
