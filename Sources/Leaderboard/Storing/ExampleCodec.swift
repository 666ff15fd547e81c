import Gym

/// A benchmark's puzzles as the compact bytes that a board keeps: of each the packed question,
/// then the packed answer. Ratings are kept apart.
package struct ExampleCodec: Sendable {
  private let packing: TokenPacking

  package init(_ packing: TokenPacking) {
    self.packing = packing
  }

  /// The bytes of examples in a row.
  package func bytes(_ examples: some Sequence<Example>) -> [UInt8] {
    var bytes: [UInt8] = []
    for example in examples {
      packing.append(example.question, to: &bytes)
      packing.append(example.answer, to: &bytes)
    }
    return bytes
  }

  /// The examples of bytes, without ratings.
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

  /// Ratings as bytes; one that is not known is a NaN.
  package static func bytes(ratings: [Double?]) -> [UInt8] {
    var bytes: [UInt8] = []
    for rating in ratings { bytes.append(double: rating ?? .nan) }
    return bytes
  }

  /// The ratings of bytes.
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
