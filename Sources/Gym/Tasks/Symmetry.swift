/// A transformation that keeps a puzzle equivalent: cells move and tokens are renamed.
///
/// The result's cell c holds the renamed token of the original's cell `cells[c]`.
public struct Symmetry: Sendable, Hashable {
  /// For each cell of the result, the cell that it is taken from: a permutation of 0..<count.
  public let cells: [UInt16]
  /// For each token, the token that it becomes: a permutation that keeps padding.
  public let tokens: [UInt8]

  /// - Precondition: both are permutations, and token 0 maps to itself.
  public init(cells: [UInt16], tokens: [UInt8]) {
    precondition(Self.isPermutation(cells) && Self.isPermutation(tokens) && tokens.first == 0)
    self.cells = cells
    self.tokens = tokens
  }

  private init(trustedCells cells: [UInt16], tokens: [UInt8]) {
    self.cells = cells
    self.tokens = tokens
  }

  /// The symmetry that changes nothing.
  public static func identity(for task: some Task) -> Symmetry {
    Symmetry(
      trustedCells: (0..<task.grid.cells).map { UInt16($0) },
      tokens: (0..<task.vocabulary.count).map { UInt8($0) })
  }

  /// The symmetry that undoes this one.
  public var inverse: Symmetry {
    var cells = self.cells
    for (to, from) in self.cells.enumerated() { cells[Int(from)] = UInt16(to) }
    var tokens = self.tokens
    for (from, to) in self.tokens.enumerated() { tokens[Int(to)] = UInt8(from) }
    return Symmetry(trustedCells: cells, tokens: tokens)
  }

  /// This symmetry followed by another of the same task.
  public func then(_ next: Symmetry) -> Symmetry {
    precondition(cells.count == next.cells.count && tokens.count == next.tokens.count)
    return Symmetry(
      trustedCells: next.cells.map { cells[Int($0)] }, tokens: tokens.map { next.tokens[Int($0)] })
  }

  /// Tokens moved and renamed by this symmetry. Tokens outside the vocabulary stay.
  ///
  /// - Precondition: there are as many tokens as cells.
  public func applied(to source: [UInt8]) -> [UInt8] {
    precondition(source.count == cells.count, "\(source.count) tokens for \(cells.count) cells")
    // This handles about a million examples per second: `init` has already checked the bounds.
    return source.withUnsafeBufferPointer { source in
      tokens.withUnsafeBufferPointer { tokens in
        [UInt8](unsafeUninitializedCapacity: cells.count) { result, count in
          for (index, cell) in cells.enumerated() {
            let token = source[Int(cell)]
            result[index] = Int(token) < tokens.count ? tokens[Int(token)] : token
          }
          count = cells.count
        }
      }
    }
  }

  private static func isPermutation(_ values: [some FixedWidthInteger]) -> Bool {
    withUnsafeTemporaryAllocation(of: Bool.self, capacity: values.count) { seen in
      seen.initialize(repeating: false)
      return values.allSatisfy { value in
        guard value >= 0, Int(value) < seen.count, !seen[Int(value)] else { return false }
        seen[Int(value)] = true
        return true
      }
    }
  }
}
