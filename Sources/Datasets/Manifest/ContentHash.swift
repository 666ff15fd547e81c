import Gym

/// A hash that tells whether two splits contain the same arrays, however they are stored.
///
/// It is the SHA-256, in hexadecimal, of one line for each of inputs, labels, puzzle_identifiers,
/// puzzle_indices and group_indices in that order: name, element type, dimensions and the SHA-256
/// of the values, separated by spaces, with a newline. Tokens count as `|u1`, the others as `<i4`,
/// little-endian, in C order.
enum ContentHash {
  /// The contribution of one array.
  struct Part {
    let element: NpyElement
    let shape: [Int]
    let digest: [UInt8]
  }

  /// The arrays, in order.
  static let names = [
    "inputs", "labels", "puzzle_identifiers", "puzzle_indices", "group_indices",
  ]

  /// The hash of the arrays' parts, in the order of `names`.
  static func text(_ parts: [Part]) throws -> String {
    var hasher = try SHA256()
    for (name, part) in zip(names, parts) {
      let extents = part.shape.map(String.init).joined(separator: ",")
      let line = "\(name) \(part.element.rawValue) \(extents) \(Hexadecimal.text(part.digest))\n"
      hasher.update(Array(line.utf8))
    }
    return Hexadecimal.text(hasher.finalize())
  }
}
