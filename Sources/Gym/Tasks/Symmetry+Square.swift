extension Symmetry {
  /// The eight rotations and reflections of a square of cells, the identity first, for boards whose
  /// rules are the same from every side. No token changes.
  ///
  /// The order is that of the released maze builder: the identity, one to three quarter turns
  /// counterclockwise, the left-right flip, the top-bottom flip, and the two diagonals.
  ///
  /// - Precondition: `size` is in 1...256.
  public static func square(size: Int, vocabulary: Vocabulary) -> [Symmetry] {
    precondition((1...256).contains(size), "no square of \(size)")
    let last = size - 1
    // The source of the cell at (row, column) of the result.
    let sources: [(Int, Int) -> (Int, Int)] = [
      { ($0, $1) }, { ($1, last - $0) }, { (last - $0, last - $1) }, { (last - $1, $0) },
      { ($0, last - $1) }, { (last - $0, $1) }, { ($1, $0) }, { (last - $1, last - $0) },
    ]
    return sources.map { source in
      Symmetry(
        cells: (0..<size * size).map { cell in
          let (row, column) = source(cell / size, cell % size)
          return UInt16(row * size + column)
        }, tokens: (0..<vocabulary.count).map { UInt8($0) })
    }
  }
}

extension Task {
  /// The least of a question's copies under the listed symmetries: the canonical form of a task
  /// whose group is small enough to list. Nil for another size, or if no symmetries are listed.
  public func leastCopy(of question: [UInt8]) -> [UInt8]? {
    guard question.count == grid.cells else { return nil }
    return symmetries?.map { transform(question, by: $0) }
      .min { $0.lexicographicallyPrecedes($1) }
  }
}
