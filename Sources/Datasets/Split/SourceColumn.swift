import Gym

/// The source of each example: numbers in an array, names in the manifest.
struct SourceColumn: Sendable {
  private let array: NpyArray
  private let names: [String]

  /// - Throws: a `GymError` if a number has no name.
  init(_ array: NpyArray, names: [String]) throws {
    try array.forEachInteger(in: 0..<array.count) { index, value in
      guard let value, (0..<Int64(names.count)).contains(value) else {
        throw GymError(
          "example \(index) has the source \(value.map(String.init) ?? "beyond 64 bits")",
          at: array.url.path, expected: "one of the \(names.count) that manifest.json names")
      }
    }
    (self.array, self.names) = (array, names)
  }

  /// - Precondition: the example exists.
  subscript(example: Int) -> String {
    var name = ""
    array.forEachInteger(in: example..<example + 1) { _, value in
      // The file may have changed since it was checked; a number without a name means no source.
      if let value, (0..<Int64(names.count)).contains(value) { name = names[Int(value)] }
    }
    return name
  }
}
