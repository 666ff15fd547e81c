import Gym
import GymRandomness

/// A Sudoku of any size for the examples: its task's tokens, boards with an answer, and its rules.
struct SudokuBoard {
  let size: Int
  /// The rows and columns of a box.
  let high: Int
  let wide: Int

  /// - Parameter size: 4, 6 or 9.
  init(size: Int) {
    self.size = size
    high = size == 9 ? 3 : 2
    wide = size / high
  }

  /// A task with the tokens and grid of Sudoku.
  var task: Letters {
    get throws {
      var task = try Letters.task
      task.grid = GridShape(rows: size, columns: size)
      task.vocabulary = Vocabulary("_." + String("123456789".prefix(size)))
      return task
    }
  }

  /// A question that has an answer: a board with digits renamed and many blanks.
  func question(using random: inout RandomStream) -> [UInt8] {
    let digits = random.shuffled((0..<size).map { UInt8($0 + 2) })
    return (0..<size * size).map { cell in
      let (row, column) = (cell / size, cell % size)
      return random.chance(0.65) ? 1 : digits[(wide * (row % high) + row / high + column) % size]
    }
  }

  /// Whether an answer keeps the clues and all the rules.
  func accepts(_ answer: [UInt8], to question: [UInt8]) -> Bool {
    let all = Set((0..<size).map { UInt8($0 + 2) })
    let cells = 0..<size * size
    func isWhole(_ unit: (Int) -> Int) -> Bool {
      (0..<size).allSatisfy { number in
        Set(cells.filter { unit($0) == number }.map { answer[$0] }) == all
      }
    }
    return answer.count == cells.count
      && zip(question, answer).allSatisfy { $0 == 1 || $0 == $1 }
      && isWhole { $0 / size } && isWhole { $0 % size }
      && isWhole { $0 / size / high * high + $0 % size / wide }
  }
}
