extension Task {
  /// The level that the task is named after, such as `extreme` of `sudoku-extreme`, if puzzles of a
  /// mean rating are easier than it; nil if they are not, or if the task is not named after a
  /// level.
  public func missedLevel(meanRating: Double) -> DifficultyLevel? {
    levelsByDefault.first { level in
      id.name.hasSuffix("-\(level.name)") && meanRating < level.rating.lowerBound
    }
  }

  /// The levels at the task's default settings: a smaller board may lack the one in the name.
  private var levelsByDefault: [DifficultyLevel] {
    (try? Self(settings: Settings(Self.settings)))?.levels ?? levels
  }
}
