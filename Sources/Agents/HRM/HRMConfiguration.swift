import Gym
import NeuralNetworks
import Tensors

/// Everything that makes one HRM what it is; a value that exists is a possible one.
public struct HRMConfiguration: Sendable, Hashable {
  // The arrangement.
  public let block: BlockConfiguration
  public let highBlocks: Int
  public let lowBlocks: Int
  /// N and T: high cycles a segment, and low cycles a high cycle.
  public let highCycles: Int
  public let lowCycles: Int
  public let positions: Positions
  /// The width e of the puzzle embedding; 0 for none.
  public let puzzleWidth: Int
  public let activationType: ElementType
  public let ablation: Ablation

  // The task.
  public let vocabularyCount: Int
  public let cells: Int
  public let puzzleIdentifiers: Int

  // Training.
  public let batchSize: Int
  public let loss: CrossEntropy
  public let gradient: Gradient
  public let halting: Halting
  /// M_max, the most segments that a puzzle gets.
  public let maxSegments: Int
  /// ε, the probability that a slot gets a minimum of segments.
  public let exploration: Double
  public let rate: LearningRateSchedule
  public let decay: Double
  public let beta1: Double
  public let beta2: Double
  public let puzzleRate: LearningRateSchedule
  public let puzzleDecay: Double
  /// The share that the average of the weights keeps at each step; 0 for no average.
  public let averageDecay: Double

  /// P, the positions in front of the cells that hold the puzzle embedding.
  public var prefixRows: Int { (puzzleWidth + block.hidden - 1) / block.hidden }
  /// S = P + cells.
  public var length: Int { prefixRows + cells }
}
