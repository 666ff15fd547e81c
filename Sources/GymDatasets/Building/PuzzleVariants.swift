import Gym
import GymRandomness

/// Puts puzzles and their variants into batches, one for training and one for the held-out split.
///
/// The variants of puzzle i of a split are drawn from stream i of the seed and the split; variant v
/// of it, with 0 for the original, is placed by stream v of the seed, the split and i.
struct PuzzleVariants<PuzzleTask: Task> {
  private let task: PuzzleTask
  private let canvas: (any CanvasTask)?
  private let count: Int
  private let key: RandomKey
  private let placing: RandomKey
  private let naming: @Sendable (String) -> String

  /// - Parameter names: the form of the variants' names; nil for the task's own.
  init(_ task: PuzzleTask, count: Int, seed: UInt64, names: VariantNameForm? = nil) throws {
    naming = try task.namingVariants(as: names)
    (self.task, canvas) = (task, task as? any CanvasTask)
    self.count = count
    key = RandomKey(seed: seed, "augment").deriving(task.id.description)
    placing = RandomKey(seed: seed, "place").deriving(task.id.description)
  }

  /// Adds a puzzle with its variants as one group.
  ///
  /// In training, demonstrations and examples form one puzzle. A held-out puzzle's demonstrations
  /// are trained on; it gets variants only if it has some, since only then are the variants'
  /// identities learned.
  func add(
    _ puzzle: Puzzle, index: Int, split: String, training: inout ExampleBatch,
    held: inout ExampleBatch
  ) {
    let isTraining = split == "train"
    let place = placing.deriving(split).deriving(UInt64(index))
    var variant: UInt64 = 0
    func add(_ puzzle: Puzzle) {
      let name = puzzle.name.map { variant == 0 ? $0 : naming($0) }
      var random = RandomStream(key: place, stream: variant)
      let examples =
        if !isTraining {
          puzzle.demonstrations
        } else if puzzle.demonstrations.isEmpty {
          puzzle.examples
        } else {
          puzzle.demonstrations + puzzle.examples
        }
      if !isTraining { held.append(puzzle.examples, name: name) }
      training.append(
        canvas?.placed(examples, using: &random) ?? examples,
        demonstrations: puzzle.demonstrations.count, name: name)
      variant += 1
    }
    add(puzzle)
    if count > 0, isTraining || !puzzle.demonstrations.isEmpty {
      var random = RandomStream(key: key.deriving(split), stream: UInt64(index))
      task.forEachAugmentation(of: puzzle, count: count, using: &random, add)
    }
    training.endGroup()
    held.endGroup()
    guard let first = puzzle.examples.first else { return }
    let counts = task.counts(of: first.question)
    if isTraining { training.add(counts: counts) } else { held.add(counts: counts) }
  }
}
