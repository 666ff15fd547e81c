/// Cells of one color that are connected by their sides.
struct ARCObject: Sendable {
  let color: UInt8
  /// The cells' indices in their grid.
  let cells: [Int]
  /// Their bounding box.
  let box: Box

  /// Whether the cells fill their box.
  var isRectangle: Bool { cells.count == box.cells }
}
