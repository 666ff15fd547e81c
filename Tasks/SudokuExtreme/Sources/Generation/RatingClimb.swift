import Randomness

/// A walk from puzzle to puzzle toward a wanted interval of ratings.
struct RatingClimb {
  let task: SudokuExtreme
  let builder: PuzzleBuilder
  let target: ClosedRange<Double>

  /// The number of full boards tried, and of steps on each; 16×16 boards are slow.
  private var effort: (grids: Int, steps: Int) {
    builder.geometry.size > 9 ? (1, 40) : (20, 400)
  }

  /// Walks over the puzzles of one full board after another; nil if none of them fits.
  func puzzle(using random: inout RandomStream) throws -> RatedPuzzle? {
    guard target.upperBound >= 0 else { return nil }
    for _ in 0..<effort.grids {
      let board = try builder.randomBoard(using: &random)
      var clues = board.values
      builder.thin(&clues, of: board, to: task.clues ?? 0, using: &random)
      var distance = self.distance(estimate(clues))
      for _ in 0..<effort.steps {
        if distance == 0, let rating = confirmed(clues) {
          return RatedPuzzle(clues: clues, answer: board.values, rating: rating)
        }
        var other = clues
        builder.exchange(&other, of: board, removing: 1 + random.below(2), using: &random)
        builder.thin(&other, of: board, to: task.clues ?? 0, using: &random)
        let otherDistance = self.distance(estimate(other))
        if otherDistance <= distance { (clues, distance) = (other, otherDistance) }
      }
    }
    return nil
  }

  /// A rough rating, cheap enough for every step.
  private func estimate(_ clues: [UInt8]) -> Double {
    task.rating(ofClues: clues, permutations: min(2, task.ratingPermutations)) ?? .infinity
  }

  /// The rating, if it and the number of clues are as requested.
  private func confirmed(_ clues: [UInt8]) -> Double? {
    guard task.hasWantedClues(clues),
      let rating = task.rating(ofClues: clues, permutations: task.ratingPermutations),
      target.contains(rating)
    else { return nil }
    return rating
  }

  private func distance(_ rating: Double) -> Double {
    max(0, target.lowerBound - rating, rating - target.upperBound)
  }
}
