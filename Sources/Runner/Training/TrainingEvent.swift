import Foundation
import Gym

/// Something that happened while a run trained.
public enum TrainingEvent: Sendable {
  /// Training begins, or goes on, after so many steps.
  case started(TrainingProgress, parameters: Int)
  /// A checkpoint is not as it was written; an older one is used.
  case foundDamage(DamagedCheckpoint)
  /// One more step was taken.
  case stepped(StepReport, TrainingProgress)
  /// The validation split was solved.
  case validated(Score, step: Int)
  /// The state was saved.
  case saved(URL, step: Int)
}
