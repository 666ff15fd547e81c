/// Finds shortest plans.
///
/// A block is in position if it and everything below it are arranged as in the goal. Every other
/// block must move. If it can move into position at once, doing so is never a loss; otherwise it
/// can as well be parked on the table. The search therefore only chooses which blocks to park, and
/// allows more and more of them. Source: J. Slaney, S. Thiébaux, "Blocks World revisited",
/// Artificial Intelligence 125, 2001.
struct Planner: Sendable {
  let goal: Stacks

  /// A plan with the fewest moves.
  func shortestPlan(from initial: Stacks) -> [Stacks.Move] {
    for parked in 0...initial.count {
      if let plan = plan(from: initial, parking: parked) { return plan }
    }
    preconditionFailure("with every block on the table, each can be put in its position")
  }

  /// A plan that parks at most `parked` blocks on the table.
  private func plan(from state: Stacks, parking parked: Int) -> [Stacks.Move]? {
    var (state, plan) = (state, [Stacks.Move]())
    while let move = finalMove(in: state) {
      state.make(move)
      plan.append(move)
    }
    if state == goal { return plan }
    if parked == 0 { return nil }
    for block in 0..<state.count
    where state.isClear(block) && state.supports[block] != nil && !isInPosition(block, in: state) {
      let move = Stacks.Move(block: block, support: nil)
      var next = state
      next.make(move)
      if let rest = self.plan(from: next, parking: parked - 1) { return plan + [move] + rest }
    }
    return nil
  }

  /// The first move of a block into its position; nil if there is none.
  func finalMove(in state: Stacks) -> Stacks.Move? {
    for block in 0..<state.count where state.isClear(block) && !isInPosition(block, in: state) {
      let support = goal.supports[block]
      if support.map({ state.isClear($0) && isInPosition($0, in: state) }) ?? true {
        return Stacks.Move(block: block, support: support)
      }
    }
    return nil
  }

  func isInPosition(_ block: Int, in state: Stacks) -> Bool {
    var next: Int? = block
    while let block = next {
      guard state.supports[block] == goal.supports[block] else { return false }
      next = goal.supports[block]
    }
    return true
  }
}

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
