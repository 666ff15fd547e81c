/// Why training ended. In both cases the state was saved.
public enum TrainingEnd: Sendable, Hashable {
  /// The budget is used up.
  case completed
  /// Somebody asked for it.
  case interrupted
}
