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
  /// first, then row + column for each cell, row by row, or zeros without axes.
  ///
  /// - Parameter axes: rows [r, width] and columns [c, width], with r · c cells.
  public func gridTable(
    prefix: Weight?, axes: (rows: Weight, columns: Weight)?, cells: Int, width: Int
  ) -> Variable {
    let p = prefix?.value.shape[0] ?? 0
    let value = device.makeZeros([p + cells, width], .float32)
    if let prefix { value.slice(0..<p).copy(from: prefix.value) }
    if let axes {
      let columns = axes.columns.value.shape[0]
      precondition(axes.rows.value.shape[0] * columns == cells, "axes of another grid")
      for cell in 0..<cells {
        device.accumulate(axes.rows.value.row(cell / columns), into: value.row(p + cell))
        device.accumulate(axes.columns.value.row(cell % columns), into: value.row(p + cell))
      }
    }
    let isTrained = prefix?.gradient != nil || axes?.rows.gradient != nil
    return result(value, hasWeightGradient: isTrained) { [self] dy in
      guard addsWeightGradients else { return }
      if let gradient = prefix?.gradient {
        device.accumulate(dy.slice(0..<p), into: gradient)
      }
      guard let axes, let rows = axes.rows.gradient, let columns = axes.columns.gradient else {
        return
      }
      for cell in 0..<cells {
        let slope = dy.row(p + cell)
        device.accumulate(slope, into: rows.row(cell / columns.shape[0]))
        device.accumulate(slope, into: columns.row(cell % columns.shape[0]))
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
