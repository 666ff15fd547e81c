import Gym

extension SudokuExtreme {
  /// The guesses that the solver needs to find the answer and to prove that it is the only one,
  /// averaged over random symmetric copies that the question itself determines.
  ///
  /// On boards of 4×4 and 6×6 symmetric questions have the same rating; on larger ones, if a
  /// canonical form would take too long for this, theirs differ as much as a mean over a few
  /// copies does. Nil for what is no puzzle with one solution.
  public func rating(of question: [UInt8]) -> Double? {
    guard let values = try? clueValues(of: question) else { return nil }
    return rating(ofClues: values, permutations: ratingPermutations)
  }

  /// The rating from a given number of copies; nil if the solution is not the only one.
  func rating(ofClues clues: [UInt8], permutations: Int) -> Double? {
    var copies = RatingCopies(of: clues, solver: solver)
    var guesses = 0
    for _ in 0..<permutations {
      guard let count = copies.nextGuesses(limit: Self.guessLimit) else { return nil }
      guesses += count
    }
    return Double(guesses) / Double(permutations)
  }
}
