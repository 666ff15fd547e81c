/// A picture of a grid, apart from how it is shown: in a terminal or as SVG.
public struct Drawing: Sendable, Hashable {
  /// What a cell is, which decides its colours.
  public enum Role: Sendable, Hashable {
    /// Part of the question.
    case given
    /// Filled in by the answer.
    case answer
    /// Filled in and against the rules.
    case wrong
    /// Changed since the last picture.
    case changed
    /// Empty.
    case blank
    /// Where nothing can pass (mazes).
    case wall
    /// Part of the way that the answer takes; a lamp that is lit.
    case path
    /// Where the way begins.
    case start
    /// Where the way should end.
    case goal
    /// One of the ten colours of ARC.
    case colour(Int)
    /// Outside the puzzle: not drawn.
    case outside
  }

  /// One cell: a short text and a role.
  public struct Cell: Sendable, Hashable {
    /// What stands in the cell, a character or two.
    public var text: String
    /// What the cell is.
    public var role: Role

    /// A cell of a text and a role.
    public init(_ text: String, _ role: Role) {
      self.text = text
      self.role = role
    }
  }

  /// The rows and columns.
  public let grid: GridShape
  /// The cells, row after row.
  public var cells: [Cell]
  /// The rows before which a heavy line stands (Sudoku boxes), 0 and the row count left out.
  public var heavyRows: Set<Int> = []
  /// The columns before which a heavy line stands.
  public var heavyColumns: Set<Int> = []
  /// Whether thin lines stand between all cells in SVG, and spaces in a terminal.
  public var isSpaced = true

  /// - Precondition: there is a cell for each position.
  public init(grid: GridShape, cells: [Cell]) {
    precondition(cells.count == grid.cells)
    self.grid = grid
    self.cells = cells
  }

  /// A plain picture of a question, or of an answer to it, in a vocabulary's characters.
  public init(
    _ question: [UInt8], answer: [UInt8]?, vocabulary: Vocabulary, grid: GridShape
  ) {
    let cells = (0..<grid.cells).map { index -> Cell in
      let asked = index < question.count ? question[index] : Vocabulary.padding
      let shown = answer.map { index < $0.count ? $0[index] : Vocabulary.padding } ?? asked
      if shown == Vocabulary.padding { return Cell(" ", .outside) }
      return Cell(vocabulary.text(shown), shown == asked ? .given : .answer)
    }
    self.init(grid: grid, cells: cells)
  }

  /// This picture with the cells marked that differ from an earlier one.
  public func markingChanges(since earlier: Drawing) -> Drawing {
    var copy = self
    for index in cells.indices where index < earlier.cells.count {
      if cells[index].text != earlier.cells[index].text { copy.cells[index].role = .changed }
    }
    return copy
  }

  /// This picture with cells marked as wrong.
  public consuming func markingWrong(_ wrong: [Int]) -> Drawing {
    for index in wrong where cells.indices.contains(index) { cells[index].role = .wrong }
    return self
  }
}
