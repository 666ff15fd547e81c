extension Tape {
  /// x · wᵀ, in the activation type or `type`: x [rows, in], w [out, in] → [rows, out].
  public func linear(_ x: Variable, _ w: Weight, result type: ElementType? = nil) -> Variable {
    let value = device.linear(x.value, w, result: type ?? device.activationType)
    count(multiplyAdds: x.value.shape.rows * w.value.count)
    return result(value, of: x, hasWeightGradient: w.gradient != nil) { [self] dy in
      let dy = device.convert(dy, to: x.value.type)
      if addsWeightGradients, let dw = w.gradient {
        device.addLinearWeightGradient(dy, x.value, to: dw)
      }
      if x.needsGradient { add(inputGradient(dy, w), to: x) }
    }
  }

  /// silu(gate) ∘ up for (gate, up) = x · wᵀ: x [rows, in], w [2m, in] → [rows, m].
  public func linearSwiGLU(_ x: Variable, _ w: Weight) -> Variable {
    let (value, gateUp) = device.linearSwiGLU(x.value, w, keepsGateUp: isRecording)
    count(multiplyAdds: x.value.shape.rows * w.value.count)
    return result(value, of: x, hasWeightGradient: w.gradient != nil) { [self] dy in
      guard let gateUp else { return }
      let dGateUp = device.swiGLUGradient(gateUp, dy: dy)
      if addsWeightGradients, let dw = w.gradient {
        device.addLinearWeightGradient(dGateUp, x.value, to: dw)
      }
      if x.needsGradient { add(inputGradient(dGateUp, w), to: x) }
    }
  }

  /// sigmoid(gate) ∘ rmsNorm(gate ∘ up): gateUp [rows, 2m] → [rows, m].
  public func normedSwiGLU(_ gateUp: Variable, epsilon: Float) -> Variable {
    result(device.normedSwiGLU(gateUp.value, epsilon: epsilon), of: gateUp) { [self] dy in
      add(device.normedSwiGLUGradient(gateUp.value, epsilon: epsilon, dy: dy), to: gateUp)
    }
  }

  /// dy · w.
  private func inputGradient(_ dy: Tensor, _ w: Weight) -> Tensor {
    count(gradientMultiplyAdds: dy.shape.rows * w.value.count)
    return device.linearInputGradient(dy, w.value)
  }

  /// a + b, with the same shape.
  public func add(_ a: Variable, _ b: Variable) -> Variable {
    result(device.add(a.value, b.value), of: a, b) { [self] dy in
      add(dy, to: a)
      add(dy, to: b)
    }
  }

  /// a + b + c, with the same shape.
  public func add(_ a: Variable, _ b: Variable, _ c: Variable) -> Variable {
    result(device.add(a.value, b.value, c.value), of: a, b, c) { [self] dy in
      for input in [a, b, c] { add(dy, to: input) }
    }
  }

  /// rmsNorm(x + r), without gain: x, r [rows, d].
  public func residualNorm(_ x: Variable, _ r: Variable, epsilon: Float) -> Variable {
    let (y, inverse) = device.residualNorm(
      x.value, r.value, epsilon: epsilon, keepsInverse: isRecording)
    return result(y, of: x, r) { [self] dy in
      guard let inverse else { return }
      let dx = device.residualNormGradient(y: y, inverse: inverse, dy: dy)
      add(dx, to: x)
      add(dx, to: r)
    }
  }

  /// Full attention: qkv [batch, seq, 3·d] → [batch, seq, d].
  public func attention(_ qkv: Variable, heads: Int, rotary: RotaryTable?) -> Variable {
    let (out, logSums) = device.attention(
      qkv.value, heads: heads, rotary: rotary, keepsLogSums: isRecording)
    // Queries with keys, then weights with values.
    let multiplyAdds = 2 * out.count * out.shape[1]
    count(multiplyAdds: multiplyAdds)
    return result(out, of: qkv) { [self] dy in
      guard let logSums else { return }
      count(gradientMultiplyAdds: 2 * multiplyAdds)
      let gradient = device.attentionGradient(
        qkv.value, heads: heads, rotary: rotary, out: out, logSums: logSums, dy: dy)
      add(gradient, to: qkv)
    }
  }

  /// The rows at one position of each batch entry: [batch, seq, d] → [batch, d].
  public func rows(_ x: Variable, at position: Int) -> Variable {
    result(device.rows(x.value, at: position), of: x) { [self] dy in
      guard x.needsGradient else { return }
      x.gradient = device.rowsGradient(
        dy, at: position, of: x.value.shape, adding: x.gradient)
    }
  }
}

extension Tape {
  /// Blocks of rows put among zeros: each of `blocks` [1, r, d] at its place → [batch, seq, d].
  ///
  /// - Precondition: there are blocks, of one shape, with a place each, and they do not overlap.
  public func placed(
    _ blocks: [Variable], at places: [RowPlace], batch: Int, length: Int
  ) -> Variable {
    precondition(blocks.count == places.count && Set(blocks.map(\.value.shape)).count == 1)
    let block = blocks[0].value
    let result = device.makeZeros([batch, length, block.shape[2]], block.type)
    func rows(of x: Tensor, at place: RowPlace) -> Tensor {
      x.row(place.entry).slice(place.row..<place.row + block.shape[1])
    }
    for (block, place) in zip(blocks, places) {
      rows(of: result, at: place).copy(from: block.value.row(0))
    }
    return self.result(result, of: blocks) { [self] dy in
      for (block, place) in zip(blocks, places) {
        let gradient = device.makeTensor(block.value.shape, dy.type)
        gradient.row(0).copy(from: rows(of: dy, at: place))
        add(gradient, to: block)
      }
    }
  }

  /// The first rows of a batch's only entry: [1, seq, d] → [1, count, d].
  ///
  /// - Precondition: the batch has one entry.
  public func firstRows(_ x: Variable, count: Int) -> Variable {
    let shape = x.value.shape
    precondition(shape.rank == 3 && shape[0] == 1 && count <= shape[1])
    let value = device.makeTensor([1, count, shape[2]], x.value.type)
    value.row(0).copy(from: x.value.row(0).slice(0..<count))
    return result(value, of: x) { [self] dy in
      let gradient = device.makeZeros(shape, dy.type)
      gradient.row(0).slice(0..<count).copy(from: dy.row(0))
      add(gradient, to: x)
    }
  }

  /// The same numbers with another shape of the same count.
  public func reshaped(_ x: Variable, _ shape: Shape) -> Variable {
    result(x.value.reshaped(shape), of: x) { [self] dy in
      add(dy.reshaped(x.value.shape), to: x)
    }
  }

  /// The two axes before the innermost exchanged: x [batch · outer, inner, d] →
  /// [batch · inner, outer, d].
  public func exchanged(_ x: Variable, outer: Int) -> Variable {
    let inner = x.value.shape[1]
    return result(device.exchanged(x.value, outer: outer), of: x) { [self] dy in
      add(device.exchanged(dy, outer: inner), to: x)
    }
  }

  /// Numbers of each batch entry by index, f32; see `Device.picked`.
  public func picked(_ x: Variable, _ indices: [Int32], shape: Shape) -> Variable {
    result(device.picked(x.value, indices, shape: shape), of: x) { [self] dy in
      add(device.pickedGradient(dy, indices, of: x.value.shape), to: x)
    }
  }
}

extension Tape {
  /// The rows and columns of each batch entry exchanged: [batch, rows, columns] →
  /// [batch, columns, rows].
  public func transposed(_ x: Variable) -> Variable {
    result(device.transposed(x.value), of: x) { [self] dy in
      add(device.transposed(dy), to: x)
    }
  }
}

extension Tape {
  /// The 3×3 convolution of grids, with zeros beyond the border, in the activation type: x [batch,
  /// cells, in], w [out, 9 · in] → [batch, cells, out].
  ///
  /// Patches are packed again for the gradient, so that only x is kept.
  public func convolution(_ x: Variable, _ w: Weight, columns: Int) -> Variable {
    let value = device.linear(
      device.patches(x.value, columns: columns), w, result: device.activationType)
    count(multiplyAdds: x.value.shape.rows * w.value.count)
    return result(value, of: x, hasWeightGradient: w.gradient != nil) { [self] dy in
      if addsWeightGradients, let dw = w.gradient {
        device.addLinearWeightGradient(dy, device.patches(x.value, columns: columns), to: dw)
      }
      guard x.needsGradient else { return }
      add(device.patchesGradient(inputGradient(dy, w), columns: columns), to: x)
    }
  }

  /// max(x, 0).
  public func relu(_ x: Variable) -> Variable {
    let value = device.relu(x.value)
    return result(value, of: x) { [self] dy in
      add(device.reluGradient(value, dy: dy), to: x)
    }
  }
}
