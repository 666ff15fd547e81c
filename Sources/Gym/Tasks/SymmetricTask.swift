import GymRandomness

/// A task whose puzzles can be turned, mirrored or renamed into equivalent ones.
public protocol SymmetricTask: TaskAbility {
  /// A random element of the symmetry group.
  func randomSymmetry(using random: inout RandomStream) -> Symmetry

  /// A question's canonical form: two questions have the same one if and only if a symmetry maps
  /// one to the other; nil if it cannot be computed.
  func canonicalForm(of question: [UInt8]) -> [UInt8]?
}

/// A symmetric task whose group is small enough to list.
public protocol ListedSymmetryTask: SymmetricTask {
  /// The group's elements, identity first.
  var symmetries: [Symmetry] { get }
}

extension ListedSymmetryTask {
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    random.element(of: symmetries) ?? .identity(for: self)
  }

  /// The least of a question's copies under the listed symmetries; nil for another size.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard question.count == grid.cells else { return nil }
    let moved = transformation
    return symmetries.map { moved(question, $0) }.min { $0.lexicographicallyPrecedes($1) }
  }
}

/// A task that tells more than the canonical form of a question about which examples are
/// equivalent.
public protocol EquivalenceTask: TaskAbility {
  /// An example's canonical form, which decides whether two splits share a puzzle. (ARC: that of
  /// question and answer, since one question may occur under two rules.)
  func canonicalForm(of example: Example) -> [UInt8]?

  /// A cheap number that is equal for equivalent examples and rarely equal otherwise, so that few
  /// canonical forms have to be computed; nil if none is known.
  func symmetryInvariant(of example: Example) -> UInt64?
}

/// A task that makes variants for training in its own way.
public protocol AugmentingTask: TaskAbility {
  /// Passes on variants of a puzzle for training one by one, at most `count`, without the puzzle
  /// itself. A thousand of them need not be in memory.
  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  )
}

/// A task whose cells are a canvas for grids of several shapes, as in ARC.
public protocol CanvasTask: TaskAbility {
  /// The canvas of a question or answer whose grid is moved by a symmetry.
  func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8]

  /// The examples of one puzzle, or of one of its variants, as they are placed in a training split:
  /// at random positions of the canvas, if the task allows that. Called once for all training
  /// examples of a puzzle; never for a held-out one.
  func placed(_ examples: [Example], using random: inout RandomStream) -> [Example]

  /// The canvas of an answer that was given as rows of characters; nil if they are not a grid.
  func answer(ofRows rows: [String]) -> [UInt8]?
}
