import Gym
import Randomness

/// Makes full boards, and takes clues from them or exchanges clues while the solution stays the
/// only one.
struct PuzzleBuilder {
  let solver: Solver

  var geometry: BoardGeometry { solver.geometry }

  /// Where a test of a clue gives up, and the clue stays.
  private var guessLimit: Int { geometry.size > 9 ? 200 : 1_000_000 }

  /// A full board: boxes along the diagonal and perhaps a cell more at random, then any completion,
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
    throw GymError("no full board of size \(geometry.size) was found in 1000 attempts")
  }

  /// Takes clues away in random order, each for good if the solution stays the only one, until
  /// every clue left is needed or only `count` clues are left.
  func thin(
    _ clues: inout [UInt8], of board: FullBoard, to count: Int,
    using random: inout RandomStream
  ) {
    let order = random.permutation(of: clues.count).filter { clues[$0] != 0 }
    var remaining = order.count
    var left = SmallSet()
    for cell in order { left.insert(cell) }
    var next = 0
    // Removing many clues at once and finding the solution still unique tells of each of them;
    // so the result is the same as one by one.
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

  /// Takes `removed` random clues away and gives others from the solution until it is the only
  /// one again.
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
      // A clue where a found solution differs rules that solution out.
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

  /// Whether a solution other than the board exists when this cell's clue is gone, given that
  /// with it there is none; true if the search gives up.
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

  /// A board with the boxes of the diagonal filled, none of which bounds another.
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
