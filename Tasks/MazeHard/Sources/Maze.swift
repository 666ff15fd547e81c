/// A square grid of open cells and walls with a start and a goal.
package struct Maze: Sendable, Hashable {
  package let size: Int
  /// Whether each cell may be walked, row after row.
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

  /// The steps from a cell in the order in which a tie among optimal paths is broken: down, up,
  /// right, left, which is also how the released labels break it.
  @inline(__always)
  func forEachNeighbour(of cell: Int, _ body: (Int) -> Void) {
    let column = cell % size
    if cell + size < isOpen.count { body(cell + size) }
    if cell >= size { body(cell - size) }
    if column + 1 < size { body(cell + 1) }
    if column > 0 { body(cell - 1) }
  }

  /// The number of steps from a cell to every other; -1 where there is no way.
  package func distances(from start: Int) -> [Int] { search(from: start).distances }

  /// The number of steps from a cell to every other, and the cells that are reached, nearest first.
  private func search(from start: Int) -> (distances: [Int], reached: [Int]) {
    var distances = [Int](repeating: -1, count: isOpen.count)
    distances[start] = 0
    var queue = [start]
    queue.reserveCapacity(isOpen.count)
    var head = 0
    while head < queue.count {
      let cell = queue[head]
      head += 1
      forEachNeighbour(of: cell) { next in
        guard isOpen[next], distances[next] < 0 else { return }
        distances[next] = distances[cell] + 1
        queue.append(next)
      }
    }
    return (distances, queue)
  }

  /// One shortest path, start and goal included; nil where there is none.
  package func shortestPath() -> [Int]? {
    let distances = distances(from: goal)
    guard distances[start] >= 0 else { return nil }
    var path = [start]
    while path[path.count - 1] != goal {
      let cell = path[path.count - 1]
      var next: Int?
      forEachNeighbour(of: cell) { neighbour in
        if next == nil, distances[neighbour] == distances[cell] - 1 { next = neighbour }
      }
      guard let next else { preconditionFailure("distances without a way") }
      path.append(next)
    }
    return path
  }

  /// The number of shortest paths, at most `UInt64.max`; 0 where there is none.
  package func shortestPathCount() -> UInt64 { shortestPaths()?.count ?? 0 }

  /// The number of steps of the shortest paths, and how many there are, at most `UInt64.max`; nil
  /// where there is none.
  func shortestPaths() -> (steps: Int, count: UInt64)? {
    let (distances, reached) = search(from: start)
    let steps = distances[goal]
    guard steps >= 0 else { return nil }
    var ways = [UInt64](repeating: 0, count: isOpen.count)
    ways[start] = 1
    for cell in reached.dropFirst() {
      guard distances[cell] <= steps else { break }
      forEachNeighbour(of: cell) { nearer in
        guard distances[nearer] == distances[cell] - 1 else { return }
        let (sum, overflow) = ways[cell].addingReportingOverflow(ways[nearer])
        ways[cell] = overflow ? .max : sum
      }
    }
    return (steps, ways[goal])
  }
}
