extension CPUDevice {
  /// The number of rows and columns moved at a time: 16 f32 numbers are a cache line, so each line
  /// is read and written once while it is cached.
  private static let tile = 16

  public func transposed(_ x: Tensor) -> Tensor {
    precondition(x.shape.rank == 3, "\(x.shape) has no batch of matrices")
    let result = makeTensor([x.shape[0], x.shape[2], x.shape[1]], x.type)
    // Only the size of the elements matters, since bits are moved.
    switch x.type {
    case .float32: transpose(x, into: result, UInt32.self)
    case .bfloat16: transpose(x, into: result, UInt16.self)
    }
    return result
  }

  private func transpose<Bits: FixedWidthInteger>(
    _ x: Tensor, into result: Tensor, _: Bits.Type
  ) {
    let (rows, columns) = (x.shape[1], x.shape[2])
    let from = x.address.assumingMemoryBound(to: Bits.self)
    let to = result.address.assumingMemoryBound(to: Bits.self)
    for entry in 0..<x.shape[0] {
      let (source, target) = (from + entry * rows * columns, to + entry * rows * columns)
      for firstRow in stride(from: 0, to: rows, by: Self.tile) {
        let rowEnd = min(firstRow + Self.tile, rows)
        for firstColumn in stride(from: 0, to: columns, by: Self.tile) {
          for column in firstColumn..<min(firstColumn + Self.tile, columns) {
            for row in firstRow..<rowEnd {
              target[column &* rows &+ row] = source[row &* columns &+ column]
            }
          }
        }
      }
    }
  }
}
