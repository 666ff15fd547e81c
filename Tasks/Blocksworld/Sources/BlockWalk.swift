/// A walk over the blocks connected to a given one in two arrangements.
struct BlockWalk {
  /// The blocks in the order in which they are reached.
  private(set) var order: [Int]
  /// For each block in order, its neighbors: 1 plus the position in the order, or 0 for none.
  private(set) var course: [Int] = []

  init(from block: Int, _ initial: Stacks, _ goal: Stacks) {
    order = [block]
    var next = 0
    while next < order.count {
      let block = order[next]
      next += 1
      for neighbor in initial.neighbors(of: block) + goal.neighbors(of: block) {
        guard let neighbor else {
          course.append(0)
          continue
        }
        if !order.contains(neighbor) { order.append(neighbor) }
        course.append(1 + (order.firstIndex(of: neighbor) ?? 0))
      }
    }
  }
}
