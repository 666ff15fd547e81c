import Datasets
import Gym

extension Voting {
  /// Checks that this voting can be held on a split's puzzles.
  ///
  /// - Throws: a `GymError` if the task does not know so many symmetries, if a copy of a
  ///   puzzle would need an identity of its own, or if the rules judge by the label alone.
  func checkIsPossible(with task: any Task, on split: DatasetSplit) throws {
    let id = task.id
    if copies > 1 {
      guard split.identifierCount == 1 else {
        throw GymError(
          "\(copies) symmetric copies are asked for, and \(id) puzzles have identities: what an "
            + "identity stands for is not turned with the question", at: split.url.path,
          expected: "puzzles without identity, or one vote",
          remedy: "Vote over the variants that the dataset holds, from the file of --predictions")
      }
      _ = try task.symmetricCopies(copies)
    }
    guard usesRules, split.count > 0 else { return }
    // Of a task that can judge without the label, the right answer passes when it is withheld.
    let example = try split.example(0)
    let unlabelled = Example(question: example.question, answer: [])
    guard task.verify(example.answer, for: unlabelled).isSolved else {
      throw GymError(
        "\(id) cannot tell a right answer without its label, which no vote may see",
        at: "votes-verify", remedy: "Leave --votes-verify out")
    }
  }
}
