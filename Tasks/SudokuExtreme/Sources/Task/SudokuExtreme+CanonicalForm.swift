import Gym

extension SudokuExtreme {
  /// The least board, compared cell by cell from the first, among all images of a question or
  /// answer under symmetries.
  ///
  /// Nil for 16×16 boards, whose search would take too long, and for boards that violate the rules.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard geometry.size <= 9, let values = try? clueValues(of: question) else { return nil }
    return tokens(CanonicalSearch(values, geometry: geometry).leastBoard())
  }
}
