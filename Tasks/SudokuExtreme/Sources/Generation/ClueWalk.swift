import Gym

/// A random walk over the minimal questions of one full board, toward a wanted interval of high
/// ratings. In each step a clue is removed, others are added until the solution is unique again,
/// and redundant clues are removed.
///
/// One question in thousands is rated 20 or more. Questions that share most clues have similar
/// ratings, so a step that loses much is rarely kept, and one that gains always is. Each puzzle has
/// its own full board, drawn like any other.
struct ClueWalk {
  let task: SudokuExtreme
  let builder: PuzzleBuilder
  let target: ClosedRange<Double>

  /// The number of full boards tried, and the number of steps on each.
  private static let (boards, steps) = (60, 600)
  /// The ratings from which a walk finds more puzzles than a climb.
  private static let leastRating = 10.0

  /// - Returns: nil if `RatingClimb` is better for the task and interval.
  init?(_ task: SudokuExtreme, _ builder: PuzzleBuilder, target: ClosedRange<Double>) {
    guard builder.geometry.size == 9, task.clues == nil, target.lowerBound >= Self.leastRating
    else { return nil }
    (self.task, self.builder, self.target) = (task, builder, target)
  }

  /// Walks over the questions of one full board after another; nil if none of them fits.
  func puzzle(using random: inout RandomStream) throws -> RatedPuzzle? {
    for _ in 0..<Self.boards {
      let board = try builder.randomBoard(using: &random)
      var sets = UnavoidableSets(of: board, solver: builder.solver)
      var clues = board.values
      builder.thin(&clues, of: board, to: 0, using: &random)
      var height = self.height(of: clues, above: 0)
      for _ in 0..<Self.steps {
        if height >= target.lowerBound,
          let rating = task.rating(ofClues: clues, permutations: task.ratingPermutations),
          target.contains(rating)
        {
          return RatedPuzzle(clues: clues, answer: board.values, rating: rating)
        }
        guard let other = neighbor(of: clues, &sets, using: &random) else { continue }
        // Drawn first, so that a rating far below it need not be computed completely.
        let bar = (height + 1) * loss(using: &random) - 1
        let otherHeight = self.height(of: other, above: bar)
        if otherHeight >= bar { (clues, height) = (other, otherHeight) }
      }
    }
    return nil
  }

  /// The share of a rating that a step must keep: below x with probability x¹⁶. Square roots are
  /// the same on every machine; other powers may not be.
  private func loss(using random: inout RandomStream) -> Double {
    random.unit().squareRoot().squareRoot().squareRoot().squareRoot()
  }

  /// A minimal question that shares most clues; nil if the removed clue can be replaced only by
  /// itself.
  private func neighbor(
    of clues: [UInt8], _ sets: inout UnavoidableSets, using random: inout RandomStream
  ) -> [UInt8]? {
    var clues = clues
    var places = CellSet(below: clues.count) { clues[$0] != 0 }
    guard let gone = places.randomElement(using: &random) else { return nil }
    clues[gone] = 0
    places.remove(gone)
    // With the removed clue the solution was unique, so any other solution differs in that cell.
    var view = sets.view(of: places)
    repeat {
      while let open = view.open {
        var candidates = view.inAllOpen
        candidates.remove(gone)
        if candidates.isEmpty {
          candidates = open
          candidates.remove(gone)
        }
        guard let cell = candidates.randomElement(using: &random) else { return nil }
        clues[cell] = sets.board[cell]
        places.insert(cell)
        view = sets.view(of: places)
      }
      guard sets.haveOtherSolution(clues, differingAt: gone) else { break }
      view = sets.view(of: places)
    } while view.open != nil
    var spare = places.subtracting(view.needed)
    while let cell = spare.randomElement(using: &random) {
      clues[cell] = 0
      places.remove(cell)
      if sets.haveOtherSolution(clues, differingAt: cell) {
        clues[cell] = sets.board[cell]
        places.insert(cell)
        spare.remove(cell)
      } else {
        spare.remove(cell)
        spare = spare.subtracting(sets.view(of: places).needed)
      }
    }
    return clues
  }

  /// The rating, reflected at the upper bound so that more is closer to the target; only estimated
  /// if it is far below a bar.
  private func height(of clues: [UInt8], above bar: Double) -> Double {
    var copies = RatingCopies(of: clues, solver: builder.solver)
    let most = min(8, task.ratingPermutations)
    var (guesses, height) = (0, 0.0)
    for count in 1...most {
      guesses += copies.nextGuesses(limit: SudokuExtreme.guessLimit) ?? 0
      let rating = Double(guesses) / Double(count)
      height = rating <= target.upperBound ? rating : 2 * target.upperBound - rating
      if count < 3, height < (count == 1 ? 0.5 : 0.8) * bar { break }
    }
    return height
  }
}
