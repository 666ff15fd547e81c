import Gym
import Randomness

/// Puts puzzles with their variants into batches: what is trained on and what is held out.
///
/// The variants of puzzle i of a split are drawn from stream i of the seed and the split; variant
/// v of it, the original being 0, is placed by stream v of the seed, the split and i.
struct PuzzleVariants<PuzzleTask: Task> {
  private let task: PuzzleTask
  private let count: Int
  private let key: RandomKey
  private let placing: RandomKey

  init(_ task: PuzzleTask, count: Int, seed: UInt64) {
    self.task = task
    self.count = count
    key = RandomKey(seed: seed, "augment").deriving(task.id.description)
    placing = RandomKey(seed: seed, "place").deriving(task.id.description)
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
    if !isTraining {
      held.append(group: family.lazy.map { Puzzle(name: $0.name, examples: $0.examples) })
      for variant in family.indices { family[variant].examples = [] }
    }
    let place = placing.deriving(split).deriving(UInt64(index))
    training.append(
      group: family.enumerated().lazy.map { variant, puzzle in
        placed(puzzle, RandomStream(key: place, stream: UInt64(variant)))
      })
    guard let first = puzzle.examples.first else { return }
    let counts = task.counts(of: first.question)
    if isTraining { training.add(counts: counts) } else { held.add(counts: counts) }
  }

  /// A puzzle with its examples at their places in training.
  private func placed(_ puzzle: Puzzle, _ random: RandomStream) -> Puzzle {
    var (puzzle, random) = (puzzle, random)
    guard !puzzle.demonstrations.isEmpty else {
      puzzle.examples = task.placed(puzzle.examples, using: &random)
      return puzzle
    }
    let examples = task.placed(puzzle.demonstrations + puzzle.examples, using: &random)
    puzzle.examples = Array(examples.dropFirst(puzzle.demonstrations.count))
    puzzle.demonstrations = Array(examples.prefix(puzzle.demonstrations.count))
    return puzzle
  }
}
