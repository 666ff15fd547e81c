import Gym
import Randomness

extension SudokuExtreme {
  /// A uniformly random element: digits, bands, rows in bands, stacks, columns in stacks, and the
  /// transpose if boxes are square.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    let permutation = BoardPermutation(of: geometry, using: &random)
    return Symmetry(
      cells: permutation.cells, tokens: [Vocabulary.padding] + permutation.values.map { $0 + 1 })
  }
}
