/// A breadth-first search from a cell of a maze, over everything connected to it or until a goal is
/// reached: the steps to each cell, and the number of shortest paths.
///
/// Rows are stored one wall longer, between two rows of walls, so that every cell has four
/// neighbors:
///
///     # # # #
///     0 1 2 #
///     3 4 5 #
///     6 7 8 #
///     # # # # #
struct MazeSearch {
  private let size: Int
  /// The number of steps to each place; -1 if the search did not reach it, -2 for a wall.
  private var distances: [Int32]
  private var pathCounts: [UInt64]

  /// - Precondition: `start` is a cell of the maze, and so is `goal`.
  init(_ maze: Maze, from start: Int, until goal: Int? = nil) {
    size = maze.size
    let places = (size + 2) * (size + 1) + 1
    distances = [Int32](repeating: -2, count: places)
    pathCounts = [UInt64](repeating: 0, count: places)
    for row in 0..<size {
      let (from, to) = (row * size, (row + 1) * (size + 1))
      for column in 0..<size { distances[to + column] = maze.isOpen[from + column] ? -1 : -2 }
    }
    spread(from: place(of: start), until: goal.map(place(of:)))
  }

  private func place(of cell: Int) -> Int { cell + size + 1 + cell / size }

  /// The number of steps to a cell; -1 if there is no path, or if the search ended before.
  @inline(__always)
  func distance(to cell: Int) -> Int { max(-1, Int(distances[place(of: cell)])) }

  /// The number of shortest paths to the goal, at most `UInt64.max`.
  func pathCount(to goal: Int) -> UInt64 { pathCounts[place(of: goal)] }

  private mutating func spread(from start: Int, until goal: Int?) {
    distances[start] = 0
    pathCounts[start] = 1
    let width = size + 1
    // Every place in the queue is a cell, so its four neighbors are places.
    distances.withUnsafeMutableBufferPointer { distances in
      pathCounts.withUnsafeMutableBufferPointer { pathCounts in
        withUnsafeTemporaryAllocation(of: Int.self, capacity: distances.count) { queue in
          queue[0] = start
          var (head, tail) = (0, 1)
          while head < tail, queue[head] != goal {
            let place = queue[head]
            let (distance, count) = (distances[place] &+ 1, pathCounts[place])
            // Without branches, which would be unpredictable.
            @inline(__always) func reach(_ next: Int) {
              let known = distances[next]
              queue[tail] = next
              tail &+= known == -1 ? 1 : 0
              distances[next] = known == -1 ? distance : known
              let added = known == -1 || known == distance ? count : 0
              let (sum, overflow) = pathCounts[next].addingReportingOverflow(added)
              pathCounts[next] = overflow ? .max : sum
            }
            reach(place &+ width)
            reach(place &- width)
            reach(place &+ 1)
            reach(place &- 1)
            head &+= 1
          }
        }
      }
    }
  }
}
