import Gym
import Randomness

extension SudokuExtreme {
  /// The guesses that the solver needs to find the answer and to prove that it is the only one,
  /// averaged over random symmetric copies that the question itself determines.
  ///
  /// On boards of 4×4 and 6×6 symmetric questions have the same rating; on larger ones, where a
  /// canonical form would take too long for this, theirs differ as much as a mean over a few
  /// copies does. Nil for what is no puzzle with one solution.
  public func rating(of question: [UInt8]) -> Double? {
    guard let values = try? clueValues(of: question) else { return nil }
    return rating(ofClues: values, permutations: ratingPermutations)
  }

  /// The rating from a given number of copies; nil where the solution is not the only one.
  func rating(ofClues clues: [UInt8], permutations: Int) -> Double? {
    let clues =
      geometry.size < 9 ? CanonicalSearch(clues, geometry: geometry).leastBoard() : clues
    var key = RandomKey(seed: 0, "sudoku rating")
    for start in stride(from: 0, to: clues.count, by: 16) {
      let part = clues[start..<min(start + 16, clues.count)]
      key = key.deriving(part.reduce(0) { $0 << 4 ^ UInt64($1) })
    }
    var random = RandomStream(key: key, stream: 0)
    var guesses = 0
    for _ in 0..<permutations {
      let copy = BoardPermutation(of: geometry, using: &random).applied(to: clues)
      let outcome = solver.solutions(of: copy, limit: 2, guessLimit: Self.guessLimit,
        keepsAnswer: false)
      guard outcome.count == 1, !outcome.isExhausted else { return nil }
      guesses += outcome.guesses
    }
    return Double(guesses) / Double(permutations)
  }
}
