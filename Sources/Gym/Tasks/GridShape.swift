/// The shape of the cells of a question or answer, row by row.
public struct GridShape: Sendable, Hashable, CustomStringConvertible {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// - Precondition: both are positive, and there are at most 65 536 cells.
  public init(rows: Int, columns: Int) {
    precondition(rows > 0 && columns > 0 && rows <= 65_536 / columns, "no grid \(rows)×\(columns)")
    self.rows = rows
    self.columns = columns
  }

  /// The number of cells.
  public var cells: Int { rows * columns }
  public var description: String { "\(rows)×\(columns)" }
}
