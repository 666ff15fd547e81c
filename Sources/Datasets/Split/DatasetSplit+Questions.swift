extension DatasetSplit {
  /// The puzzle that an example belongs to, and the example's position among the puzzle's
  /// questions, from 0; nil for a demonstration.
  ///
  /// - Precondition: the example exists.
  public func questionPlace(of index: Int) -> (puzzle: Int, position: Int)? {
    let puzzle = puzzles.owner(of: index)
    let shown = demonstrationCount(ofPuzzle: puzzle) ?? 0
    let position = index - puzzles[puzzle].lowerBound - shown
    return position < 0 ? nil : (puzzle, position)
  }
}
