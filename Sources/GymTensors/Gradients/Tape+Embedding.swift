extension Tape {
  /// Token embedding; see `Device.embed`. Passes the prefix's gradient, f32, to `prefixGradient`.
  ///
  /// - Parameter positions: [p + cells, d], f32.
  public func embed(
    _ tokens: TokenGrid, table: Weight, prefix: Tensor?, positions: Variable?, scale: Float,
    prefixGradient: @escaping (Tensor) -> Void
  ) -> Variable {
    let value = device.embed(
      tokens, table: table.value, prefix: prefix, positions: positions?.value, scale: scale)
    return result(value, hasWeightGradient: table.gradient != nil) { [self] dy in
      guard addsWeightGradients, let tableGradient = table.gradient else { return }
      let places = positions.flatMap { positions in
        positions.needsGradient ? device.makeZeros(positions.value.shape, .float32) : nil
      }
      let gradient = device.addEmbedGradients(
        tokens, dy: dy, prefixRows: prefix?.shape[1] ?? 0, scale: scale, table: tableGradient,
        positions: places)
      if let places, let positions { add(places, to: positions) }
      if let gradient { prefixGradient(gradient) }
    }
  }

  /// A table without changes, f32.
  public func table(_ table: Weight) -> Variable {
    result(table.value, hasWeightGradient: table.gradient != nil) { [self] dy in
      guard addsWeightGradients, let gradient = table.gradient else { return }
      device.accumulate(dy, into: gradient)
    }
  }

  /// A vector for each position of a grid, f32, [p + cells, width]: those of `prefix` [p, width]
  /// first, then for each cell the sum of its row of every axis, or zeros without axes.
  ///
  /// - Parameter axes: tables [n, width], such as one vector per row of the grid, each with the
  ///   index of each cell's vector.
  public func gridTable(
    prefix: Weight?, axes: [(table: Weight, indices: [Int])], cells: Int, width: Int
  ) -> Variable {
    let p = prefix?.value.shape[0] ?? 0
    let value = device.makeZeros([p + cells, width], .float32)
    if let prefix { value.slice(0..<p).copy(from: prefix.value) }
    for (table, indices) in axes {
      precondition(indices.count == cells, "an axis of another grid")
      for (cell, index) in indices.enumerated() {
        device.accumulate(table.value.row(index), into: value.row(p + cell))
      }
    }
    let isTrained = prefix?.gradient != nil || axes.contains { $0.table.gradient != nil }
    return result(value, hasWeightGradient: isTrained) { [self] dy in
      guard addsWeightGradients else { return }
      if let gradient = prefix?.gradient {
        device.accumulate(dy.slice(0..<p), into: gradient)
      }
      for (table, indices) in axes {
        guard let gradient = table.gradient else { continue }
        for (cell, index) in indices.enumerated() {
          device.accumulate(dy.row(p + cell), into: gradient.row(index))
        }
      }
    }
  }

  /// The same rows for each batch entry, times `scale`, in the activation type:
  /// x [seq, d] f32 → [batch, seq, d].
  public func repeated(_ x: Variable, batch: Int, scale: Float) -> Variable {
    let scaled = device.makeTensor(x.value.shape, .float32)
    device.scaledSum(scale, x.value, 0, x.value, into: scaled)
    let entry = device.convert(scaled, to: device.activationType)
    let value = device.makeTensor(
      [batch, x.value.shape[0], x.value.shape[1]], device.activationType)
    for index in 0..<batch { value.row(index).copy(from: entry) }
    return result(value, of: x) { [self] dy in
      let sum = device.makeZeros(x.value.shape, .float32)
      for index in 0..<batch {
        device.accumulate(device.convert(dy.row(index), to: .float32), into: sum)
      }
      device.scaledSum(scale, sum, 0, sum, into: sum)
      add(sum, to: x)
    }
  }
}
