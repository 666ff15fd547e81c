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
