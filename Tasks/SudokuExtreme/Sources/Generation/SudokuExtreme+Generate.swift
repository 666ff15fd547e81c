import Gym

extension SudokuExtreme {
  /// Generates a puzzle with a unique solution, minimal or with the wanted number of clues, with
  /// any rating or one in the requested interval.
  ///
  /// High ratings on 9×9 are found by `ClueWalk`; other requests give the same puzzles as before it
  /// existed.
  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    guard request.rating == nil || clues != nil || geometry.size <= 9 else {
      throw GymError(
        "puzzles of size \(geometry.size) without a spare clue are too hard to search by rating",
        expected: "a number of clues, or no wish for a rating",
        remedy: "Set clues, such as --set size=16 clues=110, or leave --rating out.")
    }
    let builder = PuzzleBuilder(solver: solver)
    let puzzle =
      if let target = request.rating {
        if let walk = ClueWalk(self, builder, target: target) {
          try walk.puzzle(using: &random)
        } else {
          try RatingClimb(task: self, builder: builder, target: target).puzzle(using: &random)
        }
      } else {
        try anyPuzzle(builder, using: &random)
      }
    guard let puzzle else {
      throw GymError(
        "no puzzle \(wish(request)) was found",
        expected: "a wish that random puzzles of size \(geometry.size) come near",
        remedy: "Widen the interval of ratings, or raise the number of clues.")
    }
    return Example(
      question: tokens(puzzle.clues), answer: tokens(puzzle.answer), rating: puzzle.rating,
      source: "generated")
  }

  /// Whether a puzzle has the number of clues that the settings require.
  func hasWantedClues(_ values: [UInt8]) -> Bool {
    guard let clues else { return true }
    return values.count { $0 != 0 } == clues
  }

  private func anyPuzzle(
    _ builder: PuzzleBuilder, using random: inout RandomStream
  ) throws -> RatedPuzzle? {
    for _ in 0..<20 {
      let board = try builder.randomBoard(using: &random)
      var clues = board.values
      builder.thin(&clues, of: board, to: self.clues ?? 0, using: &random)
      if let wanted = self.clues {
        reduce(&clues, of: board, to: wanted, builder, using: &random)
        guard hasWantedClues(clues) else { continue }
      }
      guard let rating = rating(ofClues: clues, permutations: ratingPermutations) else { continue }
      return RatedPuzzle(clues: clues, answer: board.values, rating: rating)
    }
    return nil
  }

  /// Exchanges clues for fewer ones until the wanted number is left, or the effort is exhausted.
  private func reduce(
    _ clues: inout [UInt8], of board: FullBoard, to wanted: Int, _ builder: PuzzleBuilder,
    using random: inout RandomStream
  ) {
    for _ in 0..<2000 where !hasWantedClues(clues) {
      var other = clues
      builder.exchange(&other, of: board, removing: 2 + random.below(3), using: &random)
      builder.thin(&other, of: board, to: wanted, using: &random)
      if other.count(where: { $0 != 0 }) <= clues.count(where: { $0 != 0 }) { clues = other }
    }
  }

  private func wish(_ request: GenerationRequest) -> String {
    let rating = request.rating.map { "rated \($0.lowerBound) to \($0.upperBound)" }
    let clues = clues.map { "with \($0) clues" }
    return [rating, clues].compactMap { $0 }.joined(separator: " ")
  }
}
