extension Reference {
  /// x [batch, rows, columns] → [batch, columns, rows].
  package static func transposed(_ x: [Double], rows: Int, columns: Int) -> [Double] {
    var y = x
    for start in stride(from: 0, to: x.count, by: max(rows * columns, 1)) {
      for row in 0..<rows {
        for column in 0..<columns {
          y[start + column * rows + row] = x[start + row * columns + column]
        }
      }
    }
    return y
  }
}

extension ReferenceDevice {
  public func transposed(_ x: Tensor) -> Tensor {
    precondition(x.shape.rank == 3, "\(x.shape) has no batch of matrices")
    let (rows, columns) = (x.shape[1], x.shape[2])
    return make(
      Reference.transposed(x.doubles, rows: rows, columns: columns),
      [x.shape[0], columns, rows], x.type)
  }
}
