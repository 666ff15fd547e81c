import Gym
import Randomness

/// Puts puzzles with their variants into batches: what is trained on and what is held out.
///
/// The variants of puzzle i of a split are drawn from stream i of the seed and the split.
struct PuzzleVariants<PuzzleTask: Task> {
  private let task: PuzzleTask
  private let count: Int
  private let key: RandomKey

  init(_ task: PuzzleTask, count: Int, seed: UInt64) {
    self.task = task
    self.count = count
    key = RandomKey(seed: seed, "augment").deriving(PuzzleTask.id.description)
  }

  /// Adds a puzzle with its variants as one group.
  ///
  /// In training, demonstrations and examples are one puzzle. A held-out puzzle's demonstrations
  /// are trained on; only where it has some does it get variants, since only then are the
  /// variants' identities learnt.
  func add(
    _ puzzle: Puzzle, index: Int, split: String, training: inout ExampleBatch,
    held: inout ExampleBatch
  ) {
    let isTraining = split == "train"
    var family = [puzzle]
    if count > 0, isTraining || !puzzle.demonstrations.isEmpty {
      var random = RandomStream(key: key.deriving(split), stream: UInt64(index))
      family += task.augmentations(of: puzzle, count: count, using: &random)
    }
    if isTraining {
      training.append(group: family, .all)
    } else {
      training.append(group: family, .demonstrations)
      held.append(group: family, .examples)
    }
  }
}
