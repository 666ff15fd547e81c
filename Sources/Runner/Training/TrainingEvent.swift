import Foundation
import Gym
import GymEvaluation
import JSON

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
