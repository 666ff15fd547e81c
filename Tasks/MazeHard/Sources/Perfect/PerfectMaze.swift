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

  private func neighbours(ofRoom room: Int) -> [Int] {
    var result: [Int] = []
    if room >= rooms { result.append(room - rooms) }
    if room % rooms > 0 { result.append(room - 1) }
    if room % rooms < rooms - 1 { result.append(room + 1) }
    if room + rooms < rooms * rooms { result.append(room + rooms) }
    return result
  }

  private mutating func connect(_ first: Int, _ second: Int) {
    let (a, b) = (cell(ofRoom: first), cell(ofRoom: second))
    for cell in [a, (a + b) / 2, b] { isOpen[cell] = true }
  }

  /// Wilson's algorithm: from each room a random walk into the tree, its loops left out.
  private mutating func walk(using random: inout RandomStream) {
    let neighbours = (0..<rooms * rooms).map(neighbours(ofRoom:))
    var isInTree = [Bool](repeating: false, count: neighbours.count)
    var next = [Int](repeating: 0, count: neighbours.count)
    isInTree[random.below(neighbours.count)] = true
    for first in neighbours.indices where !isInTree[first] {
      var room = first
      while !isInTree[room] {
        // Walking out of a room again overwrites the way taken before: that drops the loop.
        next[room] = neighbours[room][random.below(neighbours[room].count)]
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
