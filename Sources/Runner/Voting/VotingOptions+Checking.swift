import Datasets
import Gym

extension VotingOptions {
  /// Checks that this voting is possible for a split's puzzles.
  ///
  /// - Throws: a `GymError` if the task does not have enough symmetries, if a copy of a puzzle
  ///   would need its own identity, or if the rules need the label.
  func checkIsPossible(with task: any Task, on split: DatasetSplit) throws {
    let id = task.id
    if copies > 1 {
      guard split.identifierCount == 1 else {
        throw GymError(
          "\(copies) symmetric copies were requested, and \(id) puzzles have identities: what an "
            + "identity stands for is not turned with the question", at: split.url.path,
          expected: "puzzles without identity, or one vote",
          remedy: "Vote over the variants that the dataset holds, from the file of --predictions")
      }
      _ = try task.symmetricCopies(copies)
    }
    guard usesRules, split.count > 0 else { return }
    // If the task can judge without the label, the right answer is accepted without it.
    let example = try split.example(0)
    let unlabelled = Example(question: example.question, answer: [])
    guard try task.verify(example.answer, for: unlabelled).isSolved else {
      throw GymError(
        "\(id) cannot judge an answer without its label, which votes must not use",
        at: "--votes-verify", remedy: "Leave --votes-verify out")
    }
  }
}
