/// Requirements on a generated puzzle beyond the task's own settings.
public struct GenerationRequest: Sendable, Hashable {
  /// The wanted interval of ratings; nil for any rating.
  public var rating: ClosedRange<Double>?
  /// The name of the split that the puzzle is for, if it is for one. A task may keep kinds of
  /// puzzles for a split of their own (ARC's unseen concepts); most ignore it.
  public var split: String?

  /// A request for an interval of ratings, or for any puzzle.
  public init(rating: ClosedRange<Double>? = nil, split: String? = nil) {
    self.rating = rating
    self.split = split
  }
}

/// A named interval of a task's rating.
public struct DifficultyLevel: Sendable, Hashable {
  /// The name in lists and in score tables.
  public let name: String
  /// The ratings of the level, in the task's own unit.
  public let rating: ClosedRange<Double>

  /// A level with a name and an interval of ratings.
  public init(_ name: String, rating: ClosedRange<Double>) {
    self.name = name
    self.rating = rating
  }
}
