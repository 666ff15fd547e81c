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
