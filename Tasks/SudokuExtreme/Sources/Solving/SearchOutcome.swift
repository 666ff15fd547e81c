/// The result of a search for the solutions of a board.
package struct SearchOutcome: Sendable, Hashable {
  /// The number of solutions, counted up to the limit.
  package var count = 0
  /// The number of choices that might have been wrong.
  package var guesses = 0
  /// The first solution found, one value per cell; empty if there is none.
  package var answer: [UInt8] = []
  /// Whether the search gave up because of its limit of guesses, so that `count` may be too low.
  package var isExhausted = false
}
