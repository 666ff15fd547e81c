import Gym

/// Makes full boards, and removes or exchanges their clues while the solution stays unique.
struct PuzzleBuilder {
  let solver: Solver

  var geometry: BoardGeometry { solver.geometry }

  /// The number of guesses after which the test of a clue gives up, and the clue stays.
  private var guessLimit: Int { geometry.size > 9 ? 200 : 1_000_000 }

  /// A full board: random boxes along the diagonal and possibly one more cell, then any completion,
  /// then a random symmetry.
  func randomBoard(using random: inout RandomStream) throws -> FullBoard {
    for _ in 0..<1000 {
      var values = randomDiagonal(using: &random)
      let cell = random.below(geometry.cells)
      if values[cell] == 0 {
        values[cell] = UInt8(random.below(geometry.size) + 1)
        if solution(of: values) == nil { values[cell] = 0 }
      }
      if let grid = solution(of: values) {
        return FullBoard(
          BoardPermutation(of: geometry, using: &random).applied(to: grid), geometry: geometry)
      }
    }
    throw GymError(
      "no full board of size \(geometry.size) was found in 1000 attempts",
      remedy: "Use another seed")
  }

  /// Removes clues in random order, each permanently if the solution stays unique, until every
  /// remaining clue is needed or only `count` clues are left.
  func thin(
    _ clues: inout [UInt8], of board: FullBoard, to count: Int,
    using random: inout RandomStream
  ) {
    let order = random.permutation(of: clues.count).filter { clues[$0] != 0 }
    var remaining = order.count
    var left = SmallSet()
    for cell in order { left.insert(cell) }
    var next = 0
    // If many clues are removed together and the solution is still unique, so it is for each of
    // them; the result is therefore the same as one by one.
    var stride = max(1, (order.count - geometry.cells / 3) / 2)
    while next < order.count, remaining > count {
      let batch = order[next..<min(next + stride, next + remaining - count, order.count)]
      for cell in batch {
        clues[cell] = 0
        left.remove(cell)
      }
      let isFine =
        !batch.contains { board.hasOpenSwap(left, without: $0) }
        && (batch.count > 1
          ? hasOneSolution(clues) : !hasOtherSolution(clues, than: board, at: order[next]))
      if isFine {
        remaining -= batch.count
      } else {
        for cell in batch {
          clues[cell] = board.values[cell]
          left.insert(cell)
        }
        if batch.count > 1 {
          stride = max(1, batch.count / 4)
          continue
        }
      }
      next += batch.count
    }
  }

  /// Removes `removed` random clues and adds others from the solution until it is unique again.
  func exchange(
    _ clues: inout [UInt8], of board: FullBoard, removing removed: Int,
    using random: inout RandomStream
  ) {
    for _ in 0..<removed {
      if let cell = random.element(of: clues.indices.filter { clues[$0] != 0 }) { clues[cell] = 0 }
    }
    while true {
      let outcome = solver.solutions(of: clues, limit: 2, guessLimit: guessLimit)
      if outcome.count == 1, !outcome.isExhausted { return }
      // A clue in a cell in which a found solution differs rules that solution out.
      let open = clues.indices.filter { clues[$0] == 0 }
      let telling = open.filter { outcome.answer.isEmpty || outcome.answer[$0] != board.values[$0] }
      guard let cell = random.element(of: telling.isEmpty ? open : telling) else { return }
      clues[cell] = board.values[cell]
    }
  }

  private func hasOneSolution(_ clues: [UInt8]) -> Bool {
    let outcome = solver.solutions(
      of: clues, limit: 2, guessLimit: guessLimit, keepsAnswer: false)
    return outcome.count == 1 && !outcome.isExhausted
  }

  /// Whether another solution exists without this cell's clue, given that there is none with it;
  /// true if the search gives up.
  private func hasOtherSolution(_ clues: [UInt8], than board: FullBoard, at cell: Int) -> Bool {
    let outcome = solver.solutions(
      of: clues, excluding: Exclusion(cell: cell, value: board.values[cell]), limit: 1,
      guessLimit: guessLimit, keepsAnswer: false)
    return outcome.count > 0 || outcome.isExhausted
  }

  private func solution(of clues: [UInt8]) -> [UInt8]? {
    let outcome = solver.solutions(of: clues, limit: 1, guessLimit: 1000)
    return outcome.count > 0 ? outcome.answer : nil
  }

  /// A board with the boxes on the diagonal filled, none of which constrains another.
  private func randomDiagonal(using random: inout RandomStream) -> [UInt8] {
    var values = [UInt8](repeating: 0, count: geometry.cells)
    for block in 0..<min(geometry.bands, geometry.stacks) {
      let unit = 2 * geometry.size + block * geometry.boxRows + block
      let digits = random.smallPermutation(of: geometry.size)
      for (index, cell) in geometry.unit(unit).enumerated() {
        values[Int(cell)] = UInt8(digits >> UInt64(4 * index) & 15) + 1
      }
    }
    return values
  }
}

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

/// A generated puzzle, one value per cell.
struct RatedPuzzle {
  let clues: [UInt8]
  let answer: [UInt8]
  let rating: Double
}
