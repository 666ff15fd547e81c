import Foundation
import Gym
import GymEvaluation

/// An event during training.
public enum TrainingEvent: Sendable {
  /// Training starts, or continues after some steps.
  case started(TrainingProgress, parameters: Int)
  /// A checkpoint is damaged; an older one is used.
  case foundDamage(DamagedCheckpoint)
  /// One more step was taken.
  case stepped(StepReport, TrainingProgress)
  /// The validation split was solved.
  case validated(Score, step: Int)
  /// The state was saved.
  case saved(URL, step: Int)
}
