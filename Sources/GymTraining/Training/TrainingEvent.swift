import Foundation
import Gym
import GymEvaluation
import GymJSON

/// An event during training.
public enum TrainingEvent: Sendable {
  /// Training starts, or continues after some steps.
  case started(TrainingProgress, parameters: Int)
  /// A checkpoint is damaged; an older one is used.
  case foundDamage(DamagedCheckpoint)
  /// One more step was taken.
  case stepped(StepReport, TrainingProgress)
  /// A line was written into `metrics.jsonl`.
  case logged(JSON)
  /// The validation split was solved.
  case validated(Score, step: Int)
  /// The state was saved.
  case saved(URL, step: Int)
}

/// Why training ended. The state was saved in all cases.
public enum TrainingEnd: String, Sendable, Hashable {
  /// The budget is used up.
  case completed
  /// The validation score has not improved for the planned number of validations.
  case stoppedEarly = "stopped-early"
  /// A stop was requested.
  case interrupted
}

/// The progress of a run.
public struct TrainingProgress: Sendable, Hashable {
  /// The steps taken since the run began.
  public let step: Int
  /// The epoch from which the newest examples were drawn, from 0.
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

/// Seconds of training, accumulated over interruptions.
struct TrainingClock {
  private let clock = ContinuousClock()
  private var start: ContinuousClock.Instant
  private var earlier: Double

  /// A clock that continues from the seconds of earlier processes.
  init(earlier: Double) {
    self.earlier = earlier
    start = clock.now
  }

  var seconds: Double { earlier + (clock.now - start) / .seconds(1) }

  /// Runs something that is not training, with the clock stopped.
  mutating func paused<Result>(_ body: () throws -> Result) rethrows -> Result {
    earlier = seconds
    defer { start = clock.now }
    return try body()
  }
}
