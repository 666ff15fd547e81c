/// Finds all sets of presses that turn off the lights of a square board.
///
/// The presses of the first row determine all others: each row must turn off what is left on above
/// it ("light chasing"). What is then left on below the last row depends linearly, modulo 2, on the
/// first row, so elimination on as many unknowns as there are columns finds every answer. Source:
/// K. Sutner, "Linear cellular automata and the Garden-of-Eden", Math. Intelligencer 1989.
struct LightSolver: Sendable {
  private struct Step {
    /// The lights left on below the last row; their highest bit is in no later step.
    let left: UInt32
    /// The first row that leaves them on.
    let first: UInt32
  }

  let size: Int
  private var steps: [Step] = []
  /// First rows of presses that change nothing; every sum of them is another one.
  private var quiet: [UInt32] = []

  /// - Precondition: `size` is in 1...16.
  init(size: Int) {
    precondition((1...16).contains(size))
    self.size = size
    for column in 0..<size {
      let first = UInt32(1) << column
      let (left, combined) = reduce(chase(LightBoard(size: size), first: first).left, first)
      if left == 0 {
        quiet.append(combined)
      } else {
        steps.append(Step(left: left, first: combined))
      }
    }
  }

  /// The number of answers of a solvable board.
  var answerCount: Int { 1 << quiet.count }

  /// The answer with the fewest presses, the first by rows among equals; nil if there is none.
  func fewestPresses(for lights: LightBoard) -> LightBoard? {
    let (left, first) = reduce(chase(lights, first: 0).left, 0)
    guard left == 0 else { return nil }
    var best: LightBoard?
    for chosen in 0..<answerCount {
      let change = quiet.indices.reduce(UInt32(0)) { chosen >> $1 & 1 == 1 ? $0 ^ quiet[$1] : $0 }
      let presses = chase(lights, first: first ^ change).presses
      guard let known = best else {
        best = presses
        continue
      }
      let (new, old) = (presses.count, known.count)
      if new < old || new == old && presses.rows.lexicographicallyPrecedes(known.rows) {
        best = presses
      }
    }
    return best
  }

  /// The presses that follow from a first row, and the lights that they leave on: bits of an
  /// imaginary row below the last.
  private func chase(
    _ lights: LightBoard, first: UInt32
  ) -> (presses: LightBoard, left: UInt32) {
    var presses = LightBoard(size: size)
    var (above, row) = (UInt32(0), first)
    for index in 0..<size {
      presses.rows[index] = row
      let turned = (row ^ row << 1 ^ row >> 1) & (1 << UInt32(size) - 1)
      (above, row) = (row, lights.rows[index] ^ turned ^ above)
    }
    return (presses, row)
  }

  /// The lights left on after the known steps, and the first row that achieves it.
  private func reduce(_ left: UInt32, _ first: UInt32) -> (UInt32, UInt32) {
    var (left, first) = (left, first)
    for step in steps where left ^ step.left < left {
      (left, first) = (left ^ step.left, first ^ step.first)
    }
    return (left, first)
  }
}
