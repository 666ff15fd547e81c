import Gym
import NeuralNetworks
import Tensors

/// Sizes and training of a neural agent, without what its network alone knows; a value that
/// exists is a possible one.
public struct NeuralConfiguration: Sendable, Hashable {
  /// The ways in which a cell's place may enter the model.
  public enum Positions: String, Sendable, Hashable, CaseIterable {
    /// Rotary, in every attention (arXiv 2104.09864).
    case rotary
    /// A learned vector for each position, added to the input.
    case learned
  }

  // The arrangement.
  /// The sizes of a block; D is its hidden size.
  public let block: BlockConfiguration
  /// A SwiGLU over n numbers is this · n · 2/3 wide, rounded up to a multiple of 256.
  public let expansion: Double
  /// How a cell's place enters the model.
  public let positions: Positions
  /// The width e of the puzzle embedding; 0 for none.
  public let puzzleWidth: Int
  /// P, the positions in front of the cells: those of the puzzle embedding, or more.
  public let prefixRows: Int
  /// What activations, and weights in products, are stored as.
  public let activationType: ElementType

  // The task.
  /// V, padding included.
  public let vocabularyCount: Int
  /// T, the cells of a question.
  public let cells: Int
  /// The number of puzzle identifiers, at least 1.
  public let puzzleIdentifiers: Int

  // Training.
  /// The number of slots: puzzles that are learned from side by side.
  public let batchSize: Int
  /// The number of training steps planned, where it is known.
  public let plannedSteps: Int?
  /// The cross-entropy over the cells.
  public let loss: CrossEntropy
  /// M_max, the most segments that a puzzle gets.
  public let maxSegments: Int
  /// ε, the probability that a slot gets a minimum of segments at a step.
  public let exploration: Double
  /// AdamATan2's learning rate, of all but the puzzle embedding.
  public let rate: LearningRateSchedule
  /// AdamATan2's decoupled weight decay.
  public let decay: Double
  /// β₁, the share that the first moment keeps.
  public let beta1: Double
  /// β₂, the share that the second moment keeps.
  public let beta2: Double
  /// The learning rate of the puzzle embedding's sign-SGD.
  public let puzzleRate: LearningRateSchedule
  /// The decoupled weight decay of the puzzle embedding.
  public let puzzleDecay: Double
  /// The share that the average of the weights keeps at each step; 0 for no average.
  public let averageDecay: Double

  /// S = P + T.
  public var length: Int { prefixRows + cells }

  /// The puzzles that go through the network at once: few, so that what one operation leaves is
  /// still in the cache when the next one reads it, but enough for the products' weights to be worth
  /// their way (eight of 9×9 cells: Benchmarks/NOTES.md).
  var puzzlesAtOnce: Int { max(1, 656 / length) }

  /// A range of puzzles in parts of that size at most, as even as can be.
  func parts(of range: Range<Int>) -> [Range<Int>] {
    let count = (range.count + puzzlesAtOnce - 1) / puzzlesAtOnce
    return (0..<count).map {
      range.lowerBound + range.count * $0 / count..<range.lowerBound + range.count * ($0 + 1)
        / count
    }
  }
}
