/// Why training ended. The state was saved in all cases.
public enum TrainingEnd: String, Sendable, Hashable {
  /// The budget is used up.
  case completed
  /// The validation score has not improved for the planned number of validations.
  case stoppedEarly = "stopped-early"
  /// A stop was requested.
  case interrupted
}
