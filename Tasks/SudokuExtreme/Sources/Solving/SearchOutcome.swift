/// What a search for the solutions of a board found.
package struct SearchOutcome: Sendable, Hashable {
  /// The number of solutions, counted up to the limit.
  package var count = 0
  /// The choices made that might have been wrong.
  package var guesses = 0
  /// The first solution found, a value a cell; empty if there is none.
  package var answer: [UInt8] = []
  /// Whether the search gave up because of its limit of guesses, so that `count` may be too low.
  package var isExhausted = false
}
