extension ReferenceDevice {
  public func linear(_ x: Tensor, _ w: Weight, result type: ElementType) -> Tensor {
    let w = w.value
    precondition(w.shape.rank == 2 && x.shape.last == w.shape[1], "\(x.shape) · \(w.shape)ᵀ")
    let y = Reference.linear(x.doubles, w.doubles, inputs: w.shape[1])
    return make(y, Shape(x.shape.extents.dropLast() + [w.shape[0]]), type)
  }

  public func linearSwiGLU(
    _ x: Tensor, _ w: Weight, keepsGateUp: Bool
  ) -> (result: Tensor, gateUp: Tensor?) {
    separateLinearSwiGLU(x, w, keepsGateUp: keepsGateUp)
  }

  public func linearInputGradient(_ dy: Tensor, _ w: Tensor) -> Tensor {
    precondition(w.shape.rank == 2 && dy.shape.last == w.shape[0], "\(dy.shape) · \(w.shape)")
    let dx = Reference.linearInputGradient(dy.doubles, w.doubles, outputs: w.shape[0])
    return make(dx, Shape(dy.shape.extents.dropLast() + [w.shape[1]]))
  }

  public func addLinearWeightGradient(_ dy: Tensor, _ x: Tensor, to dw: Tensor) {
    precondition(
      dy.shape.rows == x.shape.rows && dw.shape == [dy.shape.last, x.shape.last],
      "\(dy.shape)ᵀ · \(x.shape) into \(dw.shape)")
    guard x.shape.rows > 0 else { return }
    let sum = Reference.linearWeightGradient(dy.doubles, x.doubles, rows: x.shape.rows)
    dw.set(zip(dw.doubles, sum).map { Float($0 + $1) })
  }

  public func add(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
    return make(zip(a.doubles, b.doubles).map { $0 + $1 }, a.shape)
  }

  public func add(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
    precondition(a.shape == b.shape && a.shape == c.shape, "\(a.shape) + \(b.shape) + \(c.shape)")
    let sum = zip(a.doubles, b.doubles).map { $0 + $1 }
    return make(zip(sum, c.doubles).map { $0 + $1 }, a.shape)
  }

  public func residualNorm(
    _ x: Tensor, _ r: Tensor, epsilon: Float, keepsInverse: Bool
  ) -> (y: Tensor, inverse: Tensor?) {
    precondition(x.shape == r.shape, "\(x.shape) + \(r.shape)")
    let (y, inverse) = Reference.residualNorm(
      x.doubles, r.doubles, width: x.shape.last, epsilon: Double(epsilon))
    return (
      make(y, x.shape), keepsInverse ? make(inverse, [x.shape.rows], .float32) : nil
    )
  }

  public func residualNormGradient(y: Tensor, inverse: Tensor, dy: Tensor) -> Tensor {
    precondition(y.shape == dy.shape && inverse.count == y.shape.rows)
    let dx = Reference.residualNormGradient(
      y: y.doubles, inverse: inverse.doubles, dy: dy.doubles)
    return make(dx, y.shape)
  }

  public func swiGLU(_ gateUp: Tensor) -> Tensor {
    precondition(gateUp.shape.last % 2 == 0, "\(gateUp.shape) has no gate and up of one width")
    let width = gateUp.shape.last / 2
    return make(
      Reference.swiGLU(gateUp.doubles, width: width),
      Shape(gateUp.shape.extents.dropLast() + [width]))
  }

  public func swiGLUGradient(_ gateUp: Tensor, dy: Tensor) -> Tensor {
    precondition(2 * dy.shape.last == gateUp.shape.last && dy.shape.rows == gateUp.shape.rows)
    return make(
      Reference.swiGLUGradient(gateUp.doubles, dy: dy.doubles, width: dy.shape.last),
      gateUp.shape)
  }

  public func normedSwiGLU(_ gateUp: Tensor, epsilon: Float) -> Tensor {
    precondition(gateUp.shape.last % 2 == 0, "\(gateUp.shape) has no gate and up of one width")
    let width = gateUp.shape.last / 2
    return make(
      Reference.normedSwiGLU(gateUp.doubles, width: width, epsilon: Double(epsilon)),
      Shape(gateUp.shape.extents.dropLast() + [width]))
  }

  public func normedSwiGLUGradient(_ gateUp: Tensor, epsilon: Float, dy: Tensor) -> Tensor {
    precondition(2 * dy.shape.last == gateUp.shape.last && dy.shape.rows == gateUp.shape.rows)
    return make(
      Reference.normedSwiGLUGradient(
        gateUp.doubles, dy: dy.doubles, width: dy.shape.last, epsilon: Double(epsilon)),
      gateUp.shape)
  }
}

extension ReferenceDevice {
  public func attention(
    _ qkv: Tensor, heads: Int, rotary: RotaryTable?, keepsLogSums: Bool
  ) -> (out: Tensor, logSums: Tensor?) {
    let extents = AttentionExtents(qkv: qkv, heads: heads, rotary: rotary)
    let (out, logSums) = Reference.attention(
      qkv.doubles, extents.reference, rotary: rotary?.reference)
    return (
      make(out, extents.outShape),
      keepsLogSums ? make(logSums, extents.logSumsShape, .float32) : nil
    )
  }

  public func attentionGradient(
    _ qkv: Tensor, heads: Int, rotary: RotaryTable?, out: Tensor, logSums: Tensor, dy: Tensor
  ) -> Tensor {
    let extents = AttentionExtents(qkv: qkv, heads: heads, rotary: rotary)
    precondition(dy.shape == extents.outShape, "\(dy.shape) is not a gradient of \(qkv.shape)")
    let gradient = Reference.attentionGradient(
      qkv.doubles, extents.reference, rotary: rotary?.reference, dy: dy.doubles)
    return make(gradient, qkv.shape)
  }
}

extension AttentionExtents {
  fileprivate var reference: Reference.AttentionShape {
    .init(batch: batch, length: length, heads: heads, headSize: headSize)
  }
}

extension RotaryTable {
  fileprivate var reference: Reference.Rotary { (cosine.doubles, sine.doubles) }
}

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
