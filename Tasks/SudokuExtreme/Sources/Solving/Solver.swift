import CSudokuKernels

/// The solver of a board: the fast one for 9×9, the simple one otherwise.
package struct Solver: Sendable {
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
  ///   - keepsAnswer: whether the first solution is needed.
  package func solutions(
    of clues: [UInt8], excluding excluded: Exclusion? = nil, limit: Int,
    guessLimit: Int = .max, keepsAnswer: Bool = true
  ) -> SearchOutcome {
    precondition(clues.count == geometry.cells && limit > 0 && guessLimit >= 0)
    if geometry.size == 9 {
      return fastSolutions(of: clues, excluding: excluded, limit, guessLimit, keepsAnswer)
    }
    return BoardSearch(geometry: geometry)
      .solutions(of: clues, excluding: excluded, limit: limit, guessLimit: guessLimit)
  }

  private func fastSolutions(
    of clues: [UInt8], excluding excluded: Exclusion?, _ limit: Int, _ guessLimit: Int,
    _ keepsAnswer: Bool
  ) -> SearchOutcome {
    var outcome = SearchOutcome()
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 81) { answer in
      let found = sudoku_search(
        clues, Int32(excluded?.cell ?? -1), excluded?.value ?? 0,
        UInt32(clamping: limit), UInt64(guessLimit),
        keepsAnswer ? answer.baseAddress : nil)
      outcome.count = Int(found.solutions)
      outcome.guesses = Int(found.guesses)
      outcome.isExhausted = found.is_exhausted != 0
      if keepsAnswer, found.solutions > 0 { outcome.answer = Array(answer) }
    }
    return outcome
  }
}

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
