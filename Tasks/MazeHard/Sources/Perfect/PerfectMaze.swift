import Randomness

/// Corridors without loops between rooms that stand at every second cell.
package struct PerfectMaze {
  let size: Int
  /// The number of rooms along an edge.
  package let rooms: Int
  /// Whether each cell may be walked, row after row.
  package private(set) var isOpen: [Bool]
  private let firstRow: Int
  private let firstColumn: Int

  /// Lays the corridors of a random maze.
  ///
  /// An odd grid has rooms at its edges. In an even one a row and a column are left over, first
  /// or last by chance.
  package init(size: Int, algorithm: MazeAlgorithm, using random: inout RandomStream) {
    self.size = size
    rooms = (size + 1) / 2
    firstRow = size % 2 == 0 ? random.below(2) : 0
    firstColumn = size % 2 == 0 ? random.below(2) : 0
    isOpen = [Bool](repeating: false, count: size * size)
    switch algorithm {
    case .wilson: walk(using: &random)
    case .backtracker: dig(using: &random)
    }
  }

  /// The cell of a room.
  func cell(ofRoom room: Int) -> Int {
    (firstRow + room / rooms * 2) * size + firstColumn + room % rooms * 2
  }

  @inline(__always)
  private func forEachNeighbour(ofRoom room: Int, _ body: (Int) -> Void) {
    if room >= rooms { body(room - rooms) }
    if room % rooms > 0 { body(room - 1) }
    if room % rooms < rooms - 1 { body(room + 1) }
    if room + rooms < rooms * rooms { body(room + rooms) }
  }

  private func neighbours(ofRoom room: Int) -> [Int] {
    var result: [Int] = []
    forEachNeighbour(ofRoom: room) { result.append($0) }
    return result
  }

  private mutating func connect(_ first: Int, _ second: Int) {
    let (a, b) = (cell(ofRoom: first), cell(ofRoom: second))
    for cell in [a, (a + b) / 2, b] { isOpen[cell] = true }
  }

  /// Wilson's algorithm: from each room a random walk into the tree, its loops left out.
  private mutating func walk(using random: inout RandomStream) {
    // The neighbours of all rooms behind each other, and where those of each begin.
    var (neighbours, starts) = ([Int](), [0])
    neighbours.reserveCapacity(4 * rooms * rooms)
    for room in 0..<rooms * rooms {
      forEachNeighbour(ofRoom: room) { neighbours.append($0) }
      starts.append(neighbours.count)
    }
    var isInTree = [Bool](repeating: false, count: rooms * rooms)
    var next = [Int](repeating: 0, count: rooms * rooms)
    isInTree[random.below(isInTree.count)] = true
    for first in isInTree.indices where !isInTree[first] {
      var room = first
      while !isInTree[room] {
        // Walking out of a room again overwrites the way taken before: that drops the loop.
        let start = starts[room]
        next[room] = neighbours[start + random.below(starts[room + 1] - start)]
        room = next[room]
      }
      room = first
      while !isInTree[room] {
        isInTree[room] = true
        connect(room, next[room])
        room = next[room]
      }
    }
  }

  /// The depth-first walk: on into a new room while there is one, else a step back.
  private mutating func dig(using random: inout RandomStream) {
    var isDug = [Bool](repeating: false, count: rooms * rooms)
    var way = [random.below(rooms * rooms)]
    isDug[way[0]] = true
    while let room = way.last {
      if let next = random.element(of: neighbours(ofRoom: room).filter { !isDug[$0] }) {
        isDug[next] = true
        connect(room, next)
        way.append(next)
      } else {
        way.removeLast()
      }
    }
  }
}
