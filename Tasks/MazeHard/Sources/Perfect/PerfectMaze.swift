import Gym

/// Corridors without loops between rooms at every second cell.
package struct PerfectMaze {
  /// The number of rooms along an edge.
  package let rooms: Int
  /// Whether each cell is open, row by row.
  package private(set) var isOpen: [Bool]
  /// For each room the next one on the way to the root of the tree of corridors; the root's is
  /// itself.
  private var parents: [Int]
  /// The number of rooms between each room and the root, the root included.
  private var depths: [Int]
  /// The cell of each room.
  private let cells: [Int]

  /// Generates the corridors of a random maze.
  ///
  /// An odd grid has rooms at its edges. An even one has a spare row and column, randomly first or
  /// last.
  package init(size: Int, algorithm: MazeAlgorithm, using random: inout RandomStream) {
    rooms = (size + 1) / 2
    let firstRow = size % 2 == 0 ? random.below(2) : 0
    let firstColumn = size % 2 == 0 ? random.below(2) : 0
    var cells: [Int] = []
    cells.reserveCapacity(rooms * rooms)
    for row in 0..<rooms {
      for column in 0..<rooms {
        cells.append((firstRow + row * 2) * size + firstColumn + column * 2)
      }
    }
    self.cells = cells
    isOpen = [Bool](repeating: false, count: size * size)
    parents = [Int](repeating: 0, count: rooms * rooms)
    depths = [Int](repeating: -1, count: rooms * rooms)
    switch algorithm {
    case .wilson: walk(using: &random)
    case .backtracker: dig(using: &random)
    }
  }

  /// The cell of a room.
  func cell(ofRoom room: Int) -> Int { cells[room] }

  /// The number of steps between two rooms' cells.
  func distance(betweenRooms first: Int, _ second: Int) -> Int {
    var (a, b) = (first, second)
    while a != b {
      if depths[a] >= depths[b] { a = parents[a] } else { b = parents[b] }
    }
    // Two steps from each room to the next.
    return 2 * (depths[first] + depths[second] - 2 * depths[a])
  }

  @inline(__always)
  private func forEachNeighbor(ofRoom room: Int, _ body: (Int) -> Void) {
    if room >= rooms { body(room - rooms) }
    if room % rooms > 0 { body(room - 1) }
    if room % rooms < rooms - 1 { body(room + 1) }
    if room + rooms < rooms * rooms { body(room + rooms) }
  }

  /// Makes a room the root.
  private mutating func plant(_ room: Int) {
    (parents[room], depths[room]) = (room, 0)
    isOpen[cell(ofRoom: room)] = true
  }

  /// Adds a room to the tree.
  private mutating func connect(_ room: Int, to parent: Int) {
    (parents[room], depths[room]) = (parent, depths[parent] + 1)
    let (a, b) = (cell(ofRoom: room), cell(ofRoom: parent))
    isOpen[a] = true
    isOpen[(a + b) / 2] = true
  }

  /// Wilson's algorithm: from each room a random walk into the tree, its loops left out.
  private mutating func walk(using random: inout RandomStream) {
    // Four places for the neighbors of each room, and their number.
    var neighbors = [Int](repeating: 0, count: 4 * depths.count)
    var counts = [Int](repeating: 0, count: depths.count)
    for room in depths.indices {
      forEachNeighbor(ofRoom: room) {
        neighbors[4 * room + counts[room]] = $0
        counts[room] += 1
      }
    }
    plant(random.below(depths.count))
    var way: [Int] = []
    for first in depths.indices where depths[first] < 0 {
      var room = first
      // Leaving a room again overwrites the earlier direction, which drops the loop. All rooms are
      // below the count.
      depths.withUnsafeBufferPointer { depths in
        parents.withUnsafeMutableBufferPointer { parents in
          neighbors.withUnsafeBufferPointer { neighbors in
            counts.withUnsafeBufferPointer { counts in
              while depths[room] < 0 {
                parents[room] = neighbors[4 &* room &+ random.below(counts[room])]
                room = parents[room]
              }
            }
          }
        }
      }
      room = first
      while depths[room] < 0 {
        way.append(room)
        room = parents[room]
      }
      while let room = way.popLast() { connect(room, to: parents[room]) }
    }
  }

  /// The depth-first walk: on into a new room if there is one, otherwise a step back.
  private mutating func dig(using random: inout RandomStream) {
    var way = [random.below(rooms * rooms)]
    plant(way[0])
    var free: [Int] = []
    while let room = way.last {
      free.removeAll(keepingCapacity: true)
      forEachNeighbor(ofRoom: room) { if depths[$0] < 0 { free.append($0) } }
      if let next = random.element(of: free) {
        connect(next, to: room)
        way.append(next)
      } else {
        way.removeLast()
      }
    }
  }
}

/// Draws perfect mazes whose only path has a wanted length.
struct PerfectSampler {
  let size: Int
  let algorithm: MazeAlgorithm
  /// The wanted numbers of steps from start to goal.
  let lengths: ClosedRange<Int>
  /// The number of pairs of start and goal that are tried for each maze.
  let pairs: Int
  /// The number of mazes after which the search is given up.
  var patience = 10_000

  func sample(using random: inout RandomStream) throws -> Maze {
    for _ in 0..<patience {
      let corridors = PerfectMaze(size: size, algorithm: algorithm, using: &random)
      let rooms = corridors.rooms * corridors.rooms
      for _ in 0..<pairs {
        let first = random.below(rooms)
        let second = (first + 1 + random.below(rooms - 1)) % rooms
        if lengths.contains(corridors.distance(betweenRooms: first, second)) {
          return Maze(
            size: size, isOpen: corridors.isOpen, start: corridors.cell(ofRoom: first),
            goal: corridors.cell(ofRoom: second))
        }
      }
    }
    throw GymError(
      "no perfect maze of size \(size) with a path of \(lengths.lowerBound) to "
        + "\(lengths.upperBound) steps was found among \(patience)",
      remedy: "Ask for shorter paths, or for algorithm=backtracker.")
  }
}

/// How the corridors of a perfect maze are generated.
public enum MazeAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// Every spanning tree equally likely (Wilson, "Generating random spanning trees more quickly
  /// than the cover time", STOC 1996).
  case wilson
  /// A depth-first walk: long, winding corridors.
  case backtracker
}
