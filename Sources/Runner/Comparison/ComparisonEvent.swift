/// Something that happened while agents were compared.
public enum ComparisonEvent: Sendable {
  /// An entry begins, or goes on.
  case began(ComparisonEntry)
  /// An entry's agent trains. `secondsLeft` is over the whole comparison, if it can be told.
  case training(ComparisonEntry, TrainingEvent, secondsLeft: Double?)
  /// An entry's agent solves the puzzles: so many of all.
  case solving(ComparisonEntry, done: Int, of: Int)
  /// An entry is done, now or by an earlier process.
  case finished(ComparisonEntry, ComparisonResult, isEarlier: Bool)
}
