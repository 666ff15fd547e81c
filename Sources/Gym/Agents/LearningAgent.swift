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

  /// The settings that say what its weights mean, such as the number of heads: a run keeps those
  /// that it began with. Default: none.
  static var fixedSettings: [String] { get }

  /// The names of its settings whose values mean something only with reasoning traces: a task
  /// without traces is refused. Default: none.
  var settingsOfTraces: [String] { get }

  /// How the examples of its batches are augmented. Default: not at all.
  var augmentation: TrainingAugmentation { get }

  /// Whether batches should include the demonstrations that explain their questions. It then learns
  /// from puzzles that have a question of their own, and from nothing of a held-out puzzle.
  /// Default: false; the demonstrations are examples like all others.
  var learnsFromDemonstrations: Bool { get }

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
  ///
  /// - Throws: an error if a file is missing or cut short, or if the state is of another number of
  ///   tokens or, unless `readsIdentifiers` is false, of puzzle identifiers.
  func restore(from folder: URL, forTraining: Bool) throws
}

extension LearningAgent {
  public static var learnsFromTraces: Bool { false }
  public static var countsOperations: Bool { true }
  public static var learnsOnRanks: Bool { false }
  public static var fixedSettings: [String] { [] }
  public var settingsOfTraces: [String] { [] }
  public var learnsFromDemonstrations: Bool { false }
  public func export(to folder: URL) throws { try save(to: folder) }
  public var augmentation: TrainingAugmentation { .none }
}

/// Questions with their labels, side by side.
public struct TrainingBatch: Sendable, Hashable {
  /// The questions.
  public let questions: QuestionBatch
  /// The label of each cell, [count, cells]; padding for cells that are not asked.
  public let labels: [UInt8]

  /// The states of each example's reasoning trace, from the question to the answer, each [cells]:
  /// [count], or empty if the agent did not ask for them (`LearningAgent.learnsFromTraces`).
  /// An example whose task has no trace has an empty list.
  public let traces: [[[UInt8]]]

  /// The share of the training budget used before this batch, in 0...1; schedules depend on it.
  public let progress: Double

  /// - Precondition: there is a label for each cell, and a trace for each example or none at all.
  public init(
    questions: QuestionBatch, labels: [UInt8], traces: [[[UInt8]]] = [], progress: Double = 0
  ) {
    precondition(labels.count == questions.questions.count)
    precondition(traces.isEmpty || traces.count == questions.count)
    self.questions = questions
    self.labels = labels
    self.traces = traces
    self.progress = progress
  }

  /// The number of examples.
  public var count: Int { questions.count }
}

/// How training examples are varied each time they are drawn.
public struct TrainingAugmentation: Sendable, Hashable {
  /// Whether each draw of an example uses a new random symmetric copy.
  public let drawsFreshSymmetry: Bool
  /// The share of drawn examples that get extra clues: some of their blanks, a randomly drawn
  /// share, are filled in from the answer (arXiv 2601.10679).
  public let revealed: Schedule

  /// Examples as they are in the dataset.
  public static let none = TrainingAugmentation(drawsFreshSymmetry: false, revealed: Schedule(0))

  /// An augmentation.
  public init(drawsFreshSymmetry: Bool, revealed: Schedule) {
    (self.drawsFreshSymmetry, self.revealed) = (drawsFreshSymmetry, revealed)
  }

  /// Whether examples are ever varied.
  public var isNone: Bool { !drawsFreshSymmetry && revealed.values.allSatisfy { $0 == 0 } }
}

/// The results of training steps. All are sums, so reports of several steps can be added.
public struct StepReport: Sendable, Hashable {
  /// The number of steps that this report covers.
  public var steps = 0
  /// The sum over steps of the loss that was minimized (per example).
  public var loss = 0.0
  /// The learning rate of the last step.
  public var learningRate = 0.0
  /// The number of puzzles that were finished; the following sums are over them.
  public var finished = 0
  /// The sum, over puzzles, of the share of labeled cells that were right.
  public var cellAccuracy = 0.0
  /// The number of puzzles solved completely.
  public var exact = 0
  /// The number of segments used.
  public var segments = 0
  /// The cost of the steps.
  public var cost = ComputeCost()
  /// Further sums over finished puzzles, under the agent's own names.
  public var extra: [String: Double] = [:]

  /// A report of no steps.
  public init() {}

  /// Adds a later report to this one.
  public mutating func add(_ later: StepReport) {
    steps += later.steps
    loss += later.loss
    learningRate = later.learningRate
    finished += later.finished
    cellAccuracy += later.cellAccuracy
    exact += later.exact
    segments += later.segments
    cost += later.cost
    extra.merge(later.extra, uniquingKeysWith: +)
  }
}

/// A named set of values for an agent's settings.
public struct Preset: Sendable, Hashable {
  /// The name that the user chooses it by.
  public let name: String
  /// A one-line description of its purpose.
  public let summary: String
  /// The values that differ from the defaults.
  public let values: [String: SettingValue]

  /// A preset from values by setting name; every other setting keeps its default.
  public init(_ name: String, _ summary: String, _ values: [String: SettingValue]) {
    self.name = name
    self.summary = summary
    self.values = values
  }
}
