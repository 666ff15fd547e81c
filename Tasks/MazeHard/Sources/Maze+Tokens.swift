/// The tokens of a maze, as in the released Maze-Hard files.
enum MazeToken {
  static let wall: UInt8 = 1
  static let space: UInt8 = 2
  static let start: UInt8 = 3
  static let goal: UInt8 = 4
  static let path: UInt8 = 5
}

extension Maze {
  /// Reads a question; the error says why it is not a maze.
  static func read(_ tokens: [UInt8], size: Int) -> Result<Maze, Problem> {
    guard tokens.count == size * size else {
      return .failure(Problem("it has \(tokens.count) cells, not \(size) × \(size)"))
    }
    var (starts, goals) = ([Int](), [Int]())
    for (cell, token) in tokens.enumerated() {
      switch token {
      case MazeToken.wall, MazeToken.space: break
      case MazeToken.start: starts.append(cell)
      case MazeToken.goal: goals.append(cell)
      default:
        return .failure(Problem("cell \(cell) is neither wall, space, start nor goal", [cell]))
      }
    }
    guard starts.count == 1, goals.count == 1 else {
      return .failure(
        Problem("it has \(starts.count) starts and \(goals.count) goals", starts + goals))
    }
    return .success(
      Maze(
        size: size, isOpen: tokens.map { $0 != MazeToken.wall }, start: starts[0], goal: goals[0]))
  }

  /// Why something is not a maze or not a path, and the cells concerned.
  struct Problem: Error {
    let text: String
    let cells: [Int]

    init(_ text: String, _ cells: [Int] = []) {
      self.text = text
      self.cells = cells
    }
  }

  /// The maze as a question.
  var question: [UInt8] {
    var tokens = isOpen.withUnsafeBufferPointer { isOpen in
      [UInt8](unsafeUninitializedCapacity: isOpen.count) { tokens, count in
        count = isOpen.count
        for cell in 0..<count { tokens[cell] = isOpen[cell] ? MazeToken.space : MazeToken.wall }
      }
    }
    tokens[start] = MazeToken.start
    tokens[goal] = MazeToken.goal
    return tokens
  }

  /// The question with cells marked; start and goal stay.
  func marking(_ cells: some Sequence<Int>) -> [UInt8] {
    var tokens = question
    for cell in cells where tokens[cell] == MazeToken.space { tokens[cell] = MazeToken.path }
    return tokens
  }
}
