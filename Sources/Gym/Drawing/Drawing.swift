/// A picture of a grid, independent of how it is shown: in a terminal or as SVG.
public struct Drawing: Sendable, Hashable {
  /// The role of a cell, which decides its colors.
  public enum Role: Sendable, Hashable {
    /// Part of the question.
    case given
    /// Filled in by the answer.
    case answer
    /// Filled in, and against the rules.
    case wrong
    /// Changed since the last picture.
    case changed
    /// Empty.
    case blank
    /// A wall (mazes).
    case wall
    /// Part of the answer's path; a lamp that is lit.
    case path
    /// The start of the path.
    case start
    /// The end of the path.
    case goal
    /// One of ARC's ten colors.
    case color(Int)
    /// Outside the puzzle: not drawn.
    case outside
  }

  /// One cell: a short text and a role.
  public struct Cell: Sendable, Hashable {
    /// The cell's text, one or two characters.
    public var text: String
    /// The cell's role.
    public var role: Role

    /// A cell with a text and a role.
    public init(_ text: String, _ role: Role) {
      self.text = text
      self.role = role
    }
  }

  /// The number of rows and columns.
  public let grid: GridShape
  /// The cells, row by row.
  public var cells: [Cell]
  /// The rows that have a heavy line above them (Sudoku boxes), except 0 and the row count.
  public var heavyRows: Set<Int> = []
  /// The columns that have a heavy line to their left.
  public var heavyColumns: Set<Int> = []
  /// Whether there are thin lines between all cells in SVG, and spaces in a terminal.
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

  /// This picture with the cells that differ from an earlier one marked.
  public func markingChanges(since earlier: Drawing) -> Drawing {
    var copy = self
    for index in cells.indices where index < earlier.cells.count {
      if cells[index].text != earlier.cells[index].text { copy.cells[index].role = .changed }
    }
    return copy
  }

  /// This picture with some cells marked as wrong.
  public consuming func markingWrong(_ wrong: [Int]) -> Drawing {
    for index in wrong where cells.indices.contains(index) { cells[index].role = .wrong }
    return self
  }
}

extension Drawing.Role {
  /// Every role once; ARC's ten colors last.
  package static let all: [Drawing.Role] =
    [.given, .answer, .wrong, .changed, .blank, .wall, .path, .start, .goal, .outside]
    + arcColors.indices.map { .color($0) }

  /// The ten colors in which ARC's own web pages show its numbers.
  package static let arcColors = [
    "#000000", "#0074d9", "#ff4136", "#2ecc40", "#ffdc00",
    "#aaaaaa", "#f012be", "#ff851b", "#7fdbff", "#870c25",
  ]

  /// The role's index in `all`; a color that ARC lacks counts as the nearest.
  package var number: Int {
    switch self {
    case .given: 0
    case .answer: 1
    case .wrong: 2
    case .changed: 3
    case .blank: 4
    case .wall: 5
    case .path: 6
    case .start: 7
    case .goal: 8
    case .outside: 9
    case .color(let color): 10 + min(9, max(0, color))
    }
  }

  /// The class of the role's cells in style sheets: its name, or "c3" for ARC's color 3.
  package var className: String { Self.classNames[number] }

  private static let classNames = all.map { role in
    if case .color(let color) = role { "c\(color)" } else { "\(role)" }
  }

  /// Whether a cell's text says more than its color.
  package var showsText: Bool {
    switch self {
    case .wall, .outside, .color: false
    default: true
    }
  }

  /// Style rules that give ARC's cells their colors.
  ///
  /// - Parameter prefix: a selector to put before each rule's `rect`, such as ".drawing ".
  package static func colorRules(prefix: String = "") -> String {
    arcColors.enumerated().map { "\(prefix)rect.c\($0) { fill: \($1); }" }.joined(separator: "\n")
  }
}
