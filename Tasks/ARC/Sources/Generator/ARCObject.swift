/// Cells of one colour that hang together by their sides.
struct ARCObject: Sendable {
  let colour: UInt8
  /// The cells' indices in their grid.
  let cells: [Int]
  /// The least box around them.
  let box: Box

  /// Whether the cells fill their box.
  var isRectangle: Bool { cells.count == box.cells }
}
