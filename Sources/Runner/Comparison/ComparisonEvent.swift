/// An event while agents are compared.
public enum ComparisonEvent: Sendable {
  /// An entry starts, or continues.
  case began(ComparisonEntry)
  /// An entry's agent trains. `secondsLeft` is for the whole comparison; nil if unknown.
  case training(ComparisonEntry, TrainingEvent, secondsLeft: Double?)
  /// An entry's agent has solved `done` of the puzzles.
  case solving(ComparisonEntry, done: Int, of: Int)
  /// An entry is finished, now or by an earlier process.
  case finished(ComparisonEntry, ComparisonResult, isEarlier: Bool)
}
