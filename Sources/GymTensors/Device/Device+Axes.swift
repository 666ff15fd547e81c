/// Plain versions for devices in host memory: rows are moved as a whole.
extension Device {
  /// The two axes before the innermost exchanged: x [batch · outer, inner, d] →
  /// [batch · inner, outer, d].
  ///
  /// - Precondition: `outer` divides the outermost dimension.
  public func exchanged(_ x: Tensor, outer: Int) -> Tensor {
    precondition(
      x.shape.rank == 3 && outer > 0 && x.shape[0] % outer == 0,
      "\(x.shape) has no outer axis of \(outer)")
    let (batch, inner) = (x.shape[0] / outer, x.shape[1])
    let result = makeTensor([batch * inner, outer, x.shape[2]], x.type)
    let rowBytes = x.shape[2] * x.type.size
    for entry in 0..<batch {
      let start = entry * outer * inner * rowBytes
      let (from, to) = (x.address + start, result.address + start)
      for row in 0..<inner {
        for column in 0..<outer {
          (to + (row &* outer &+ column) &* rowBytes).copyMemory(
            from: from + (column &* inner &+ row) &* rowBytes, byteCount: rowBytes)
        }
      }
    }
    return result
  }

  /// Numbers of each batch entry: x [batch, …] f32 → [batch, …`shape`], with number `indices[i]` of
  /// x's entry as number i.
  ///
  /// - Precondition: there is an index within x's entries for each number of `shape`.
  public func picked(_ x: Tensor, _ indices: [Int32], shape: Shape) -> Tensor {
    let (batch, count) = Self.entries(of: x, indices, shape)
    let result = makeTensor(Shape([batch] + shape.extents), .float32)
    for entry in 0..<batch {
      let (from, to) = (x.floats + entry * count, result.floats + entry * indices.count)
      for (place, index) in indices.enumerated() { to[place] = from[Int(index)] }
    }
    return result
  }

  /// The gradient of x: each number of dy added at its index.
  public func pickedGradient(_ dy: Tensor, _ indices: [Int32], of shape: Shape) -> Tensor {
    let result = makeZeros(shape, .float32)
    let (batch, count) = Self.entries(of: result, indices, [indices.count])
    precondition(dy.shape.count == batch * indices.count)
    for entry in 0..<batch {
      let (from, to) = (dy.floats + entry * indices.count, result.floats + entry * count)
      for (place, index) in indices.enumerated() { to[Int(index)] += from[place] }
    }
    return result
  }

  private static func entries(
    of x: Tensor, _ indices: [Int32], _ shape: Shape
  ) -> (batch: Int, count: Int) {
    let count = x.shape.extents.dropFirst().reduce(1, *)
    precondition(
      indices.count == shape.count && indices.allSatisfy { (0..<count).contains(Int($0)) })
    return (x.shape[0], count)
  }
}

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
