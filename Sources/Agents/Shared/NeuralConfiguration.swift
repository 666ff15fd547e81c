import Gym
import NeuralNetworks
import Tensors

/// Sizes and training of a neural agent, without what its network alone knows; a value that
/// exists is a possible one.
public struct NeuralConfiguration: Sendable, Hashable {
  // The arrangement.
  public let block: BlockConfiguration
  public let expansion: Double
  public let positions: HRMConfiguration.Positions
  /// The width e of the puzzle embedding; 0 for none.
  public let puzzleWidth: Int
  /// P, the positions in front of the cells: those of the puzzle embedding, or more.
  public let prefixRows: Int
  public let activationType: ElementType

  // The task.
  public let vocabularyCount: Int
  public let cells: Int
  public let puzzleIdentifiers: Int

  // Training.
  public let batchSize: Int
  /// The number of training steps planned, where it is known.
  public let plannedSteps: Int?
  public let loss: CrossEntropy
  /// The most segments that a puzzle gets.
  public let maxSegments: Int
  /// The probability that a slot gets a minimum of segments.
  public let exploration: Double
  public let rate: LearningRateSchedule
  public let decay: Double
  public let beta1: Double
  public let beta2: Double
  public let puzzleRate: LearningRateSchedule
  public let puzzleDecay: Double
  /// The share that the weight average keeps; 0 for no average.
  public let averageDecay: Double

  /// S = P + cells.
  public var length: Int { prefixRows + cells }
}
