extension Task {
  /// Checks that a dataset, or a split of one, has the task's cells and tokens.
  ///
  /// - Parameter what: what errors call it: "the dataset".
  /// - Throws: a `GymError` if it does not.
  public func checkFits(_ what: String, cells: Int, tokens: Int, at place: String) throws {
    guard cells == grid.cells, tokens == vocabulary.count else {
      throw GymError(
        "\(what) has \(cells) cells and \(tokens) tokens", at: place,
        expected: "\(grid.cells) and \(vocabulary.count), as \(id) has")
    }
  }
}
