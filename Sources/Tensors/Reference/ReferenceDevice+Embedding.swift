extension ReferenceDevice {
  public func embed(
    _ tokens: TokenGrid, table: Tensor, prefix: Tensor?, positions: Tensor?, scale: Float
  ) -> Tensor {
    let width = table.shape.last
    let prefixRows = prefix?.shape[1] ?? 0
    let length = prefixRows + tokens.cells
    precondition(tokens.tokens.allSatisfy { $0 < table.shape[0] })
    let (tableValues, prefixValues) = (table.doubles, prefix?.doubles ?? [])
    let positionValues =
      positions?.doubles ?? [Double](repeating: 0, count: length * width)
    var result: [Double] = []
    for entry in 0..<tokens.batch {
      for row in 0..<length {
        for column in 0..<width {
          let value =
            row < prefixRows
            ? prefixValues[(entry * prefixRows + row) * width + column]
            : tableValues[tokens.row(entry, row - prefixRows) * width + column]
          result.append((value + positionValues[row * width + column]) * Double(scale))
        }
      }
    }
    return make(result, [tokens.batch, length, width])
  }

  public func addEmbedGradients(
    _ tokens: TokenGrid, dy: Tensor, prefixRows: Int, scale: Float, table: Tensor,
    positions: Tensor?
  ) -> Tensor? {
    let width = table.shape.last
    let length = prefixRows + tokens.cells
    precondition(dy.shape == [tokens.batch, length, width])
    let gradient = dy.doubles.map { $0 * Double(scale) }
    var tableValues = table.doubles
    var positionValues = positions?.doubles
    var prefixValues: [Double] = []
    for entry in 0..<tokens.batch {
      for row in 0..<length {
        for column in 0..<width {
          let value = gradient[(entry * length + row) * width + column]
          if row < prefixRows {
            prefixValues.append(value)
          } else {
            tableValues[tokens.row(entry, row - prefixRows) * width + column] += value
          }
          positionValues?[row * width + column] += value
        }
      }
    }
    table.set(tableValues.map(Float.init))
    if let positionValues { positions?.set(positionValues.map(Float.init)) }
    return prefixRows > 0 ? make(prefixValues, [tokens.batch, prefixRows, width], .float32) : nil
  }
}

extension TokenGrid {
  /// The table's row of one cell.
  fileprivate func row(_ entry: Int, _ cell: Int) -> Int { Int(tokens[entry * cells + cell]) }
}
