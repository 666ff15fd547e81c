import Gym

/// A grid of 1 to 30 rows and columns whose cells have the colors 0 to 9; 0 is the background.
public struct ARCGrid: Sendable, Hashable {
  /// The maximum number of rows or columns of a grid.
  public static let maxSide = 30
  /// The number of colors.
  public static let colors = 10

  /// The number of rows, 1...30.
  public let rows: Int
  /// The number of columns, 1...30.
  public let columns: Int
  /// The colors, row by row, each in 0...9.
  public internal(set) var cells: [UInt8]

  /// A grid with the given colors, row by row.
  ///
  /// - Throws: a `GymError` if a side is not in 1...30, the count does not match, or a color is
  ///   above 9.
  public init(rows: Int, columns: Int, cells: [UInt8]) throws {
    for (name, side) in [("rows", rows), ("columns", columns)]
    where !(1...Self.maxSide).contains(side) {
      throw GymError("a grid of \(side) \(name)", expected: "1 to \(Self.maxSide)")
    }
    guard cells.count == rows * columns else {
      throw GymError(
        "\(cells.count) cells for a grid of \(rows)×\(columns)", expected: "\(rows * columns)")
    }
    if let index = cells.firstIndex(where: { $0 >= Self.colors }) {
      throw GymError(
        "row \(index / columns + 1) has the color \(cells[index])", expected: "0 to 9")
    }
    self.init(trusted: cells, rows: rows, columns: columns)
  }

  /// A grid from its rows, as in ARC files.
  ///
  /// - Throws: a `GymError` as above, or if rows differ in length.
  public init(_ rows: [[UInt8]]) throws {
    let columns = rows.first?.count ?? 0
    if let index = rows.firstIndex(where: { $0.count != columns }) {
      throw GymError(
        "row \(index + 1) has \(rows[index].count) cells", expected: "\(columns), as row 1")
    }
    try self.init(rows: rows.count, columns: columns, cells: rows.flatMap { $0 })
  }

  /// A grid from cells that are known to be valid.
  init(trusted cells: [UInt8], rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }

  /// The color of a cell.
  public internal(set) subscript(row: Int, column: Int) -> UInt8 {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }

  /// Whether both grids have the same numbers of rows and columns.
  public func hasShape(of other: ARCGrid) -> Bool {
    rows == other.rows && columns == other.columns
  }
}

extension ARCGrid: CustomStringConvertible {
  /// One line of digits per row.
  public var description: String {
    (0..<rows).map { row in
      String(decoding: cells[row * columns..<(row + 1) * columns].map { $0 + 48 }, as: UTF8.self)
    }.joined(separator: "\n")
  }
}
