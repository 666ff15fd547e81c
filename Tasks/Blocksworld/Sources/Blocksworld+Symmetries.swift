import Gym
import Randomness

extension Blocksworld {
  /// The blocks.
  public var exchangeableTokens: [UInt8] { (0..<blocks).map(token(of:)) }

  /// Blocks are renamed, and the stacks of each picture are permuted.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    let columns =
      random.shuffled(Array(0..<blocks)) + random.shuffled(Array(blocks..<2 * blocks))
    let cells = (0..<grid.cells).map { cell in
      let (row, column) = (cell / grid.columns, cell % grid.columns)
      return UInt16(row < blocks ? row * grid.columns + columns[column] : cell)
    }
    let names = random.shuffled((0..<blocks).map(token(of:)))
    return Symmetry(cells: cells, tokens: Array(0..<Token.block) + names)
  }

  /// The question with its stacks sorted from the left by their lowest blocks, and with names from
  /// a walk over the blocks that no renaming changes.
  ///
  /// Each block has at most one neighbor below and one above in each arrangement. The walk from a
  /// block visits these in turn and reaches all connected blocks. Equivalent questions give the
  /// same recorded walks, so the least walk determines the names.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard let (initial, goal) = stacks(in: question) else { return nil }
    let walks = (0..<blocks).map { BlockWalk(from: $0, initial, goal) }
    var names = [Int](repeating: 0, count: blocks)
    var named: Set<Int> = []
    for walk in walks.sorted(by: { $0.course.lexicographicallyPrecedes($1.course) })
    where !named.contains(walk.order[0]) {
      for block in walk.order {
        names[block] = named.count
        named.insert(block)
      }
    }
    func renamed(_ stacks: Stacks) -> [UInt8] {
      let renamed = Stacks(stacks.stacks.map { $0.map { names[$0] } })
      return picture(renamed, columns: Array(0..<blocks))
    }
    return tokens(renamed(initial), renamed(goal))
  }
}
