/// Unavoidable sets of a full board: in each of them, another full board differs from it.
///
/// A question has the board as its only solution exactly when each unavoidable set holds a clue.
/// Every second solution that a search finds is such a set; kept, it answers the same question
/// about the next clues without a search.
struct UnavoidableSets {
  /// A value a cell.
  let board: [UInt8]
  private let solver: Solver
  private var sets: ContiguousArray<CellSet> = []
  /// The place of the oldest set once there is no room for more.
  private var oldest = 0
  /// More answer more questions, and take longer to go through.
  private static let room = 500

  init(of board: FullBoard, solver: Solver) {
    self.board = board.values
    self.solver = solver
    sets.reserveCapacity(Self.room)
  }

  /// What the known sets say of clues.
  struct View {
    /// The clues that are the only ones in a set: none of them can go.
    var needed = CellSet()
    /// A set without a clue, if there is one.
    var open: CellSet?
    /// The cells that stand in every set without a clue.
    var inAllOpen = CellSet()
  }

  /// Looks at all known sets.
  func view(of clues: CellSet) -> View {
    var view = View()
    for set in sets {
      let held = set.intersection(clues)
      if held.isEmpty {
        view.inAllOpen = view.open == nil ? set : view.inAllOpen.intersection(set)
        view.open = set
      } else if held.isSingle {
        view.needed.formUnion(held)
      }
    }
    return view
  }

  /// Whether clues have a solution other than the board in which a cell has another value; if
  /// they have, the set in which it differs is known from now on.
  mutating func haveOtherSolution(_ clues: [UInt8], differingAt cell: Int) -> Bool {
    let outcome = solver.solutions(
      of: clues, excluding: Exclusion(cell: cell, value: board[cell]), limit: 1)
    guard outcome.count > 0 else { return false }
    let set = CellSet(below: board.count) { outcome.answer[$0] != board[$0] }
    if sets.count < Self.room {
      sets.append(set)
    } else {
      sets[oldest] = set
      oldest = (oldest + 1) % Self.room
    }
    return true
  }
}
