import Gym

/// An arrangement of blocks in stacks, given by the support of each block.
struct Stacks: Sendable, Hashable {
  /// A step of a plan: a block and its new support; nil is the table.
  struct Move: Sendable, Hashable {
    let block: Int
    let support: Int?
  }

  /// The support of each block; nil is the table.
  private(set) var supports: [Int?]

  /// Every block on the table.
  init(count: Int) { supports = Array(repeating: nil, count: count) }

  /// An arrangement of the given stacks, each from the bottom up, which contain every block once.
  init(_ stacks: [[Int]]) {
    self.init(count: stacks.reduce(0) { $0 + $1.count })
    for stack in stacks {
      for (lower, upper) in zip(stack, stack.dropFirst()) { supports[upper] = lower }
    }
  }

  /// A uniformly random arrangement.
  ///
  /// Of n blocks, C(n-1, k-1)·n!/k! arrangements have k stacks (the Lah numbers); a shuffled row of
  /// blocks cut at k-1 random positions yields each of them k! times.
  init(uniform count: Int, using random: inout RandomStream) {
    var weights: [Int] = []
    var weight = (1...count).reduce(1, *)
    for stacks in 1...count {
      weights.append(weight)
      weight = weight * (count - stacks) / stacks / (stacks + 1)
    }
    var chosen = random.below(weights.reduce(0, +))
    var cuts = 0
    while chosen >= weights[cuts] {
      chosen -= weights[cuts]
      cuts += 1
    }
    let order = random.shuffled(Array(0..<count))
    let bottoms = Set(random.shuffled(Array(1..<count)).prefix(cuts))
    self.init(count: count)
    for place in 1..<count where !bottoms.contains(place) {
      supports[order[place]] = order[place - 1]
    }
  }

  /// The number of blocks.
  var count: Int { supports.count }

  /// Whether there is nothing on top of a block.
  func isClear(_ block: Int) -> Bool { !supports.contains(block) }

  /// The blocks below and above a block; nil for none.
  func neighbors(of block: Int) -> [Int?] { [supports[block], supports.firstIndex(of: block)] }

  /// The stacks from the bottom up, in the order of their lowest blocks.
  var stacks: [[Int]] {
    (0..<count).filter { supports[$0] == nil }.map { bottom in
      var stack = [bottom]
      while let next = supports.firstIndex(of: stack[stack.count - 1]) { stack.append(next) }
      return stack
    }
  }

  /// Why a move cannot be made; nil if it can.
  func problem(with move: Move) -> String? {
    if !isClear(move.block) { return "a block stands on the one that is moved" }
    if move.support == supports[move.block] { return "the block is where it should go" }
    guard let support = move.support else { return nil }
    if support == move.block { return "a block cannot stand on itself" }
    return isClear(support) ? nil : "there is a block already on the one below"
  }

  /// Makes a move that has no problem.
  mutating func make(_ move: Move) { supports[move.block] = move.support }

  /// Makes one of the possible moves.
  mutating func moveAtRandom(using random: inout RandomStream) {
    let places = (0..<count).map { Optional($0) } + [nil]
    let moves = (0..<count).flatMap { block in
      places.map { Move(block: block, support: $0) }
    }
    if let move = random.element(of: moves.filter { problem(with: $0) == nil }) { make(move) }
  }
}
