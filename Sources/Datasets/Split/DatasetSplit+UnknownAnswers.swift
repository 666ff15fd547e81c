import Gym

extension DatasetSplit {
  /// Checks that the right answer to each example is known.
  ///
  /// - Throws: a `GymError` if some are not, or a label cannot be read.
  public func checkAnswersAreKnown(_ task: any Task) throws {
    for index in 0..<count {
      guard try task.hasUnknownAnswer(example(index)) else { continue }
      throw GymError(
        "the right answer to example \(index) is not known", at: url.path,
        expected: "puzzles with answers, to be scored",
        remedy: "`evaluate --submission` writes the answers to such puzzles.")
    }
  }
}
