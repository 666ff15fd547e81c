/// A square grid of open cells and walls with a start and a goal.
package struct Maze: Sendable, Hashable {
  package let size: Int
  /// Whether each cell is open, row by row.
  package let isOpen: [Bool]
  package let start: Int
  package let goal: Int

  /// - Precondition: start and goal are two open cells of the size × size cells.
  package init(size: Int, isOpen: [Bool], start: Int, goal: Int) {
    precondition(isOpen.count == size * size && isOpen[start] && isOpen[goal] && start != goal)
    self.size = size
    self.isOpen = isOpen
    self.start = start
    self.goal = goal
  }

  /// The steps from a cell in the order that breaks ties among optimal paths: down, up, right,
  /// left, which is also the order of the released labels.
  @inline(__always)
  func forEachNeighbor(of cell: Int, _ body: (Int) -> Void) {
    let column = cell % size
    if cell + size < isOpen.count { body(cell + size) }
    if cell >= size { body(cell - size) }
    if column + 1 < size { body(cell + 1) }
    if column > 0 { body(cell - 1) }
  }

  /// The number of steps from a cell to every other one; -1 if there is no path.
  package func distances(from start: Int) -> [Int] {
    let search = MazeSearch(self, from: start)
    return isOpen.indices.map(search.distance(to:))
  }

  /// One shortest path, start and goal included; nil if there is none.
  package func shortestPath() -> [Int]? {
    let search = MazeSearch(self, from: goal, until: start)
    let steps = search.distance(to: start)
    guard steps >= 0 else { return nil }
    var path = [start]
    path.reserveCapacity(steps + 1)
    for distance in (0..<steps).reversed() {
      var next: Int?
      forEachNeighbor(of: path[path.count - 1]) { neighbor in
        if next == nil, search.distance(to: neighbor) == distance { next = neighbor }
      }
      guard let next else { preconditionFailure("distances without a way") }
      path.append(next)
    }
    return path
  }

  /// The number of shortest paths, at most `UInt64.max`; 0 if there is none.
  package func shortestPathCount() -> UInt64 { shortestPaths()?.count ?? 0 }

  /// The number of steps of the shortest paths, and how many there are, at most `UInt64.max`; nil
  /// if there is none.
  func shortestPaths() -> (steps: Int, count: UInt64)? {
    let search = MazeSearch(self, from: start, until: goal)
    let steps = search.distance(to: goal)
    return steps < 0 ? nil : (steps, search.pathCount(to: goal))
  }
}

/// How mazes are generated.
public enum MazeKind: String, Sendable, Hashable, CaseIterable {
  /// Walls at random positions, as in Searchformer: wide, with very many shortest paths.
  case percolation
  /// A perfect maze: corridors without loops, so there is only one path.
  case unique
}

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

extension Maze {
  /// The number of steps of the path that an answer marks, or the problem with it.
  ///
  /// An answer keeps walls, start, goal and spaces, and marks exactly the cells of one path between
  /// start and goal. The path does not touch itself, so that the marks can be read in only one way;
  /// shortest paths never do.
  func walk(_ answer: [UInt8]) -> Result<Int, Problem> {
    guard answer.count == isOpen.count else {
      return .failure(Problem("it has \(answer.count) cells, not \(isOpen.count)"))
    }
    func isMarked(_ cell: Int) -> Bool { answer[cell] >= MazeToken.start }
    let question = question
    var (changed, marked) = ([Int](), [Int]())
    for (cell, token) in answer.enumerated() {
      if token != question[cell], token != MazeToken.path || question[cell] != MazeToken.space {
        changed.append(cell)
      }
      if isMarked(cell) { marked.append(cell) }
    }
    guard changed.isEmpty else {
      return .failure(Problem("it changes the maze itself", changed))
    }
    let forked = marked.filter { cell in
      var neighbors = 0
      forEachNeighbor(of: cell) { if isMarked($0) { neighbors += 1 } }
      return neighbors != (cell == start || cell == goal ? 1 : 2)
    }
    guard forked.isEmpty else {
      return .failure(Problem("the marks break off, fork or touch", forked))
    }
    // Every mark has two neighbors, so the path from the start to the goal is determined.
    var (previous, cell, steps) = (start, start, 0)
    while cell != goal {
      var next = cell
      forEachNeighbor(of: cell) { if isMarked($0), $0 != previous { next = $0 } }
      (previous, cell) = (cell, next)
      steps += 1
    }
    guard steps == marked.count - 1 else {
      return .failure(Problem("there are marks beside the path"))
    }
    return .success(steps)
  }
}
