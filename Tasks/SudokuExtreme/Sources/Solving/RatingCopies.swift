import Randomness

/// Random symmetric copies of a question, determined by the question itself, one by one, each with
/// the number of guesses that the solver needs for it.
struct RatingCopies {
  private let clues: [UInt8]
  private let solver: Solver
  private var random: RandomStream

  init(of clues: [UInt8], solver: Solver) {
    self.solver = solver
    self.clues =
      solver.geometry.size < 9
      ? CanonicalSearch(clues, geometry: solver.geometry).leastBoard() : clues
    var key = RandomKey(seed: 0, "sudoku rating")
    for start in stride(from: 0, to: self.clues.count, by: 16) {
      let part = self.clues[start..<min(start + 16, self.clues.count)]
      key = key.deriving(part.reduce(0) { $0 << 4 ^ UInt64($1) })
    }
    random = RandomStream(key: key, stream: 0)
  }

  /// The number of guesses for the next copy; nil if the solution is not unique, or the search
  /// gives up.
  mutating func nextGuesses(limit: Int) -> Int? {
    let copy = BoardPermutation(of: solver.geometry, using: &random).applied(to: clues)
    let outcome = solver.solutions(of: copy, limit: 2, guessLimit: limit, keepsAnswer: false)
    return outcome.count == 1 && !outcome.isExhausted ? outcome.guesses : nil
  }
}
