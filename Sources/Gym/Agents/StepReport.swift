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
