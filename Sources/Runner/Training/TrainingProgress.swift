import Gym

/// How far a run has come.
public struct TrainingProgress: Sendable, Hashable {
  /// The steps taken since the run began.
  public let step: Int
  /// The epochs that are complete.
  public let epoch: Int
  /// The seconds of training since the run began, without interruptions.
  public let seconds: Double
  /// What all steps have cost.
  public let cost: Cost
  /// The steps that the budget allows, if that is known.
  public let plannedSteps: Int?
  /// The seconds that training will still take; nil until it can be told.
  public let secondsLeft: Double?
}
