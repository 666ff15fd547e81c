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
