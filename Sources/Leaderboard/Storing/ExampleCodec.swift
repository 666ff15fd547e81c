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
