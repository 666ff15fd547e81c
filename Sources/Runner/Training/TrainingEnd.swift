/// Why training ended. In all cases the state was saved.
public enum TrainingEnd: String, Sendable, Hashable {
  /// The budget is used up.
  case completed
  /// The validation score has not become better for as long as was to be waited.
  case stoppedEarly = "stopped-early"
  /// Somebody asked for it.
  case interrupted
}
