import Randomness

/// A walk over the questions of one full board without a spare clue, towards a wanted interval of
/// high ratings: a clue goes, others come until the solution is the only one again, and spare
/// clues go.
///
/// One question in thousands is rated 20 or more. Questions that share most clues have similar
/// ratings, so a step that loses much is seldom kept, and one that gains always. Each puzzle has a
/// full board of its own, drawn like any other.
struct ClueWalk {
  let task: SudokuExtreme
  let builder: PuzzleBuilder
  let target: ClosedRange<Double>

  /// The full boards tried, and the steps from each.
  private static let (boards, steps) = (60, 600)
  /// The ratings from which a walk finds more than a climb does.
  private static let leastRating = 10.0

  /// - Returns: nil if a task and an interval are better served by `RatingClimb`.
  init?(_ task: SudokuExtreme, _ builder: PuzzleBuilder, target: ClosedRange<Double>) {
    guard builder.geometry.size == 9, task.clues == nil, target.lowerBound >= Self.leastRating
    else { return nil }
    (self.task, self.builder, self.target) = (task, builder, target)
  }

  /// Walks over the questions of one full board after the other; nil if none of them fits.
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
        guard let other = neighbour(of: clues, &sets, using: &random) else { continue }
        // Drawn first, so that a rating that is far below is not worked out in full.
        let bar = (height + 1) * loss(using: &random) - 1
        let otherHeight = self.height(of: other, above: bar)
        if otherHeight >= bar { (clues, height) = (other, otherHeight) }
      }
    }
    return nil
  }

  /// The part of a rating that a step has to leave: below x for a share of x¹⁶ of all steps. Square
  /// roots are the same on every machine, other powers may not be.
  private func loss(using random: inout RandomStream) -> Double {
    random.unit().squareRoot().squareRoot().squareRoot().squareRoot()
  }

  /// A question without a spare clue that shares most clues; nil if the clue that goes is the
  /// only one that can stand for itself.
  private func neighbour(
    of clues: [UInt8], _ sets: inout UnavoidableSets, using random: inout RandomStream
  ) -> [UInt8]? {
    var clues = clues
    var places = CellSet(below: clues.count) { clues[$0] != 0 }
    guard let gone = places.randomElement(using: &random) else { return nil }
    clues[gone] = 0
    places.remove(gone)
    // The clues with the one that went had one solution; so any other differs where it was.
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

  /// The rating, mirrored at the upper bound, so that more is closer to the target; rough if it
  /// is far below a bar.
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
