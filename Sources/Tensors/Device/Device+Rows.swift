/// Plain versions for devices in host memory; the rows are few.
extension Device {
  /// The rows at one position of each batch entry: [batch, seq, d] → [batch, d].
  public func rows(_ x: Tensor, at position: Int) -> Tensor {
    precondition(x.shape.rank == 3 && (0..<x.shape[1]).contains(position))
    let result = makeTensor([x.shape[0], x.shape[2]], x.type)
    let rowBytes = x.shape[2] * x.type.size
    for entry in 0..<x.shape[0] {
      (result.address + entry * rowBytes).copyMemory(
        from: x.address + (entry * x.shape[1] + position) * rowBytes, byteCount: rowBytes)
    }
    return result
  }

  /// A new gradient of `shape` [batch, seq, d]: `gradient`, or zeros, with `dy` [batch, d] added
  /// to the rows at one position.
  public func rowsGradient(
    _ dy: Tensor, at position: Int, of shape: Shape, adding gradient: Tensor?
  ) -> Tensor {
    precondition(dy.shape == [shape[0], shape[2]])
    let result = makeZeros(shape, dy.type)
    if let gradient { result.copy(from: gradient) }
    let rowBytes = shape[2] * dy.type.size
    for entry in 0..<shape[0] {
      let offset = (entry * shape[1] + position) * rowBytes
      let row = Tensor(
        shape: [shape[2]], type: dy.type, buffer: result.buffer,
        offset: offset / dy.type.size)
      row.copy(from: add(row, dy.slice(entry..<entry + 1).reshaped([shape[2]])))
    }
    return result
  }
}
