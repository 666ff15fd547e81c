/// A solver for boards of any size: naked and hidden singles, then a guess at the cell with the
/// fewest candidates.
///
/// It is simple enough to serve as the reference for the fast solver for 9×9 boards.
package struct BoardSearch: Sendable {
  let geometry: BoardGeometry

  package init(geometry: BoardGeometry) {
    self.geometry = geometry
  }

  /// Counts the solutions of a board up to `limit`.
  ///
  /// - Parameters:
  ///   - clues: one value per cell, 0 for blank, none above the size.
  ///   - excluded: a value that a blank cell must not have.
  ///   - guessLimit: the number of guesses after which the search gives up.
  package func solutions(
    of clues: [UInt8], excluding excluded: Exclusion? = nil, limit: Int,
    guessLimit: Int = .max
  ) -> SearchOutcome {
    var outcome = SearchOutcome()
    var state = BoardState(geometry: geometry)
    state.keep(clues)
    if let excluded { state.remove(excluded.value, at: excluded.cell) }
    if state.settle() {
      search(&state, limit: limit, guessLimit: guessLimit, &outcome)
    }
    return outcome
  }

  private func search(
    _ state: inout BoardState, limit: Int, guessLimit: Int, _ outcome: inout SearchOutcome
  ) {
    while let cell = state.cellWithFewestCandidates() {
      guard outcome.guesses < guessLimit else {
        outcome.isExhausted = true
        return
      }
      outcome.guesses += 1
      let value = state.lowestCandidate(of: cell)
      var attempt = state
      attempt.keep(value, at: cell)
      if attempt.settle() {
        search(&attempt, limit: limit, guessLimit: guessLimit, &outcome)
        if outcome.count >= limit || outcome.isExhausted { return }
      }
      state.remove(value, at: cell)
      guard state.settle() else { return }
    }
    outcome.count += 1
    if outcome.count == 1 { outcome.answer = state.values }
  }
}
