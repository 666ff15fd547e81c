import Foundation

/// An agent that learns from examples and whose complete state can be saved and restored.
///
/// After `restore`, the same batches give bit for bit the results of an agent that was never
/// interrupted. A state therefore holds everything that learning depends on: weights, optimizer
/// moments, random counters, carried states of unfinished puzzles.
public protocol LearningAgent: Agent {
  /// Whether batches should include the tasks' reasoning traces. Default: false.
  static var learnsFromTraces: Bool { get }

  /// Whether step reports count floating-point operations, which a budget may limit. Default: true.
  static var countsOperations: Bool { get }

  /// Whether it learns on several ranks: `AgentContext.ranks`. All then call `learn` with the same
  /// batch and get the same report, and all call `save`, but only rank 0 writes. Default: false.
  static var learnsOnRanks: Bool { get }

  /// How the examples of its batches are augmented. Default: not at all.
  var augmentation: TrainingAugmentation { get }

  /// Takes one training step. `batch` is always full and newly drawn; an agent with unfinished
  /// puzzles takes from it only enough examples to fill its free slots. If the loss or a gradient
  /// is not finite, the reported loss is not finite and the weights stay unchanged.
  func learn(from batch: TrainingBatch) throws -> StepReport

  /// The number of steps taken so far.
  var steps: Int { get }

  /// Writes the state into an existing, empty folder.
  func save(to folder: URL) throws

  /// Writes only what answering needs, as compactly as possible, into an existing, empty folder.
  /// `restore` can read it with `forTraining: false`. Default: everything that `save` writes.
  func export(to folder: URL) throws

  /// Reads a state that `save` wrote. If `forTraining` is false, only answers are needed, and what
  /// only learning needs may be skipped.
  func restore(from folder: URL, forTraining: Bool) throws
}

extension LearningAgent {
  public static var learnsFromTraces: Bool { false }
  public static var countsOperations: Bool { true }
  public static var learnsOnRanks: Bool { false }
  public func export(to folder: URL) throws { try save(to: folder) }
  public var augmentation: TrainingAugmentation { .none }
}
