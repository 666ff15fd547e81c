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

/// A form in which the names of a puzzle's variants are written.
public enum VariantNameForm: String, Sendable, Hashable, CaseIterable {
  /// The form of the released HRM builder: `<task>_t<0-7>_<10 digits>`.
  case hrm
  /// The form of the released TRM builder: `<task>|||t<0-7>|||<10 digits>`.
  case trm
}

/// A task whose variants have names that say how they were made, in a form that other programs can
/// read.
public protocol VariantNaming: Task {
  /// A variant's name in a form; any other name is returned unchanged.
  func variantName(_ name: String, as form: VariantNameForm) -> String

  /// Whether a name looks like a variant's, but has no known form.
  func isUnknownVariantName(_ name: String) -> Bool
}

extension Task {
  /// Whether a name looks like a variant's, but has no form that the task knows.
  public func hasUnknownVariantName(_ name: String) -> Bool {
    (self as? any VariantNaming)?.isUnknownVariantName(name) ?? false
  }

  /// A function that writes variants' names in a form.
  ///
  /// - Throws: a `GymError` if the task's variants have no such names.
  public func namingVariants(
    as form: VariantNameForm?
  ) throws -> @Sendable (String) -> String {
    guard let form else { return { $0 } }
    guard let naming = self as? any VariantNaming else {
      throw GymError(
        "the variants of \(id.name) have no names of their own",
        remedy: "Leave --variant-names out.")
    }
    return { naming.variantName($0, as: form) }
  }
}
