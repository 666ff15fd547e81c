/// Unavoidable sets of a full board: for each of them, another full board differs from it exactly
/// there.
///
/// A question has the board as its only solution if and only if each unavoidable set contains a
/// clue. Every second solution found by a search gives such a set, which is kept and saves the
/// search for the next clues.
struct UnavoidableSets {
  /// One value per cell.
  let board: [UInt8]
  private let solver: Solver
  private var sets: ContiguousArray<CellSet> = []
  /// The index of the oldest set once the storage is full.
  private var oldest = 0
  /// More sets save more searches, but take longer to go through.
  private static let room = 500

  init(of board: FullBoard, solver: Solver) {
    self.board = board.values
    self.solver = solver
    sets.reserveCapacity(Self.room)
  }

  /// The known sets' information about clues.
  struct View {
    /// The clues that are the only ones in a set: none of them can be removed.
    var needed = CellSet()
    /// A set without a clue, if there is one.
    var open: CellSet?
    /// The cells that are in every set without a clue.
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

  /// Whether a solution exists in which a cell differs from the board; if so, the set in which it
  /// differs is remembered.
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
