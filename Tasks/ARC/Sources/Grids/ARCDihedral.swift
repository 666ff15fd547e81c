/// The eight rotations and reflections of a rectangle, numbered as in the released HRM builder.
public enum ARCDihedral: Int, Sendable, Hashable, CaseIterable {
  /// Nothing changes.
  case identity = 0
  /// A quarter turn counterclockwise.
  case quarterTurn = 1
  /// Half a turn.
  case halfTurn = 2
  /// Three quarter turns counterclockwise.
  case threeQuarterTurn = 3
  /// Left and right are exchanged.
  case mirrorLeftRight = 4
  /// Top and bottom are exchanged.
  case mirrorUpDown = 5
  /// Rows become columns: reflected along the diagonal through the top left corner.
  case transpose = 6
  /// The left-right reflection of a quarter turn: the transpose along the other diagonal.
  case antiTranspose = 7

  /// The number of transforms.
  static let count = allCases.count

  /// The transform that undoes this one.
  public var inverse: ARCDihedral {
    switch self {
    case .quarterTurn: .threeQuarterTurn
    case .threeQuarterTurn: .quarterTurn
    default: self
    }
  }

  /// This transform followed by another.
  public func then(_ next: ARCDihedral) -> ARCDihedral {
    let (first, second) = (parts, next.parts)
    let parts = Parts(
      swaps: first.swaps != second.swaps,
      flipsRows: first.flipsRows != (first.swaps ? second.flipsColumns : second.flipsRows),
      flipsColumns: first.flipsColumns != (first.swaps ? second.flipsRows : second.flipsColumns))
    return Self.allCases.first { $0.parts == parts } ?? .identity
  }

  /// How to find the source of a cell of the result: swap row and column, then count from the far
  /// end.
  private struct Parts: Equatable {
    let swaps: Bool
    let flipsRows: Bool
    let flipsColumns: Bool
  }

  private var parts: Parts {
    let (swaps, flipsRows, flipsColumns) =
      switch self {
      case .identity: (false, false, false)
      case .quarterTurn: (true, false, true)
      case .halfTurn: (false, true, true)
      case .threeQuarterTurn: (true, true, false)
      case .mirrorLeftRight: (false, false, true)
      case .mirrorUpDown: (false, true, false)
      case .transpose: (true, false, false)
      case .antiTranspose: (true, true, true)
      }
    return Parts(swaps: swaps, flipsRows: flipsRows, flipsColumns: flipsColumns)
  }

  /// The positions of the result's cells in the source: cell (r, c) is at `start + r · rowStep + c
  /// · columnStep`.
  struct Walk {
    /// The result's shape.
    let rows: Int
    let columns: Int
    let start: Int
    let rowStep: Int
    let columnStep: Int
  }

  /// The walk through a source with a shape.
  func walk(rows: Int, columns: Int) -> Walk {
    let parts = parts
    let firstRow = parts.flipsRows ? (rows - 1) * columns : 0
    let start = firstRow + (parts.flipsColumns ? columns - 1 : 0)
    let down = parts.flipsRows ? -columns : columns
    let right = parts.flipsColumns ? -1 : 1
    return parts.swaps
      ? Walk(rows: columns, columns: rows, start: start, rowStep: right, columnStep: down)
      : Walk(rows: rows, columns: columns, start: start, rowStep: down, columnStep: right)
  }
}
