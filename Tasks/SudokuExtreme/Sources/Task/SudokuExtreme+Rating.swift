import Gym

extension SudokuExtreme {
  /// The number of guesses that the solver needs to find the answer and to prove that it is unique,
  /// averaged over random symmetric copies that the question itself determines.
  ///
  /// On 4×4 and 6×6 boards, symmetric questions have the same rating. On larger ones, for which a
  /// canonical form would take too long, their ratings vary as much as a mean over a few copies
  /// does. Nil for anything but a puzzle with a unique solution.
  public func rating(of question: [UInt8]) -> Double? {
    guard let values = try? clueValues(of: question) else { return nil }
    return rating(ofClues: values, permutations: ratingPermutations)
  }

  /// The rating from a number of copies; nil if the solution is not unique.
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
