import Foundation

/// An agent that learns from examples, and whose whole state can be saved and restored.
///
/// After `restore`, the same batches give bit for bit what an agent that was never interrupted
/// gives. So a state holds everything that learning depends on: weights, optimiser moments,
/// random counters, carried states of unfinished puzzles.
public protocol LearningAgent: Agent {
  /// Whether the batches should bring the tasks' reasoning traces. Default: false.
  static var learnsFromTraces: Bool { get }

  /// Whether its steps report floating-point operations, which a budget may count. Default: true.
  static var countsOperations: Bool { get }

  /// How the examples of its batches are to be varied. Default: not at all.
  var augmentation: TrainingAugmentation { get }

  /// Takes one training step. `batch` is whole and drawn anew for each step; an agent with
  /// unfinished puzzles takes from it only what fills its free slots. If the loss or a gradient
  /// is no longer finite, the report says so by a loss that is not, and the weights stay.
  func learn(from batch: TrainingBatch) throws -> StepReport

  /// The number of steps taken so far.
  var steps: Int { get }

  /// Writes the state into an existing, empty folder.
  func save(to folder: URL) throws

  /// Writes into an existing, empty folder what answers alone, as small as it can be: `restore` reads it
  /// if only answers are wanted. Default: everything that `save` writes.
  func export(to folder: URL) throws

  /// Reads a state that `save` wrote. `forTraining` is false if only answers are wanted: then
  /// what only learning needs may be left out.
  func restore(from folder: URL, forTraining: Bool) throws
}

extension LearningAgent {
  public static var learnsFromTraces: Bool { false }
  public static var countsOperations: Bool { true }
  public func export(to folder: URL) throws { try save(to: folder) }
  public var augmentation: TrainingAugmentation { .none }
}
