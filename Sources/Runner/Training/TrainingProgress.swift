import Gym

/// The progress of a run.
public struct TrainingProgress: Sendable, Hashable {
  /// The steps taken since the run began.
  public let step: Int
  /// The number of completed epochs.
  public let epoch: Int
  /// The seconds of training since the run began, without interruptions.
  public let seconds: Double
  /// The total cost of all steps.
  public let cost: ComputeCost
  /// The number of steps that the budget allows, if known.
  public let plannedSteps: Int?
  /// The estimated seconds of training left; nil until it can be estimated.
  public let secondsLeft: Double?
}
