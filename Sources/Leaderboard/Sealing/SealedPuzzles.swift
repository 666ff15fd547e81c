import Datasets
import Gym

/// The puzzles of a sealed benchmark with their answers, regenerated from its secret seed.
package struct SealedPuzzles: Sendable {
  private let make: @Sendable (Int) throws -> Puzzle

  /// The puzzles that a task generates from a secret.
  package init(of task: some Task, split: String, seed: SecretSeed) {
    make = { index in
      try ItemGenerator(task, seed: seed.seed(of: index, in: split), split: split).item(0)
    }
  }

  /// A puzzle with its answer and rating.
  ///
  /// - Throws: a `GymError` if the task does not generate puzzles with exactly one question.
  package func example(_ index: Int) throws -> Example {
    let puzzle = try GymError.located("puzzle \(index)") { try make(index) }
    guard puzzle.demonstrations.isEmpty, puzzle.examples.count == 1 else {
      throw GymError(
        "the task makes puzzles of several questions or with demonstrations",
        expected: "one question per puzzle",
        remedy: "Generate a dataset, and add it with --held-back")
    }
    return puzzle.examples[0]
  }

  /// The puzzle with a known question, with its answer.
  ///
  /// - Throws: a `GymError` if the seed gives another question.
  package func example(_ index: Int, asking question: [UInt8]) throws -> Example {
    let example = try example(index)
    guard example.question == question else {
      throw GymError(
        "another puzzle comes of this secret seed", at: "puzzle \(index)",
        expected: "the seed that the benchmark was made from")
    }
    return example
  }
}
