/// An event while agents are compared.
public enum ComparisonEvent: Sendable {
  /// An entry starts, or continues.
  case began(ComparisonRun)
  /// An entry's agent trains. `secondsLeft` is for the whole comparison; nil if unknown.
  case training(ComparisonRun, TrainingEvent, secondsLeft: Double?)
  /// An entry's agent has solved `done` of the puzzles.
  case solving(ComparisonRun, done: Int, of: Int)
  /// An entry is finished, now or by an earlier process.
  case finished(ComparisonRun, ComparisonResult, isEarlier: Bool)
}
