import Gym

extension SudokuExtreme {
  /// The least board, compared cell by cell from the first, that a symmetry makes of a question
  /// or an answer.
  ///
  /// Nil for 16×16 boards, if the search would take too long, and for what breaks the rules.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard geometry.size <= 9, let values = try? clueValues(of: question) else { return nil }
    return tokens(CanonicalSearch(values, geometry: geometry).leastBoard())
  }
}
