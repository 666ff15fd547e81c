extension Tape {
  /// x · wᵀ, in the activation type or `type`: x [rows, in], w [out, in] → [rows, out].
  public func linear(_ x: Variable, _ w: Weight, result type: ElementType? = nil) -> Variable {
    let value = device.linear(x.value, w, result: type ?? device.activationType)
    return result(value, of: x, hasWeightGradient: w.gradient != nil) { [self] dy in
      let dy = device.convert(dy, to: x.value.type)
      if addsWeightGradients, let dw = w.gradient {
        device.addLinearWeightGradient(dy, x.value, to: dw)
      }
      if x.needsGradient { add(device.linearInputGradient(dy, w.value), to: x) }
    }
  }

  /// silu(gate) ∘ up for (gate, up) = x · wᵀ: x [rows, in], w [2m, in] → [rows, m].
  public func linearSwiGLU(_ x: Variable, _ w: Weight) -> Variable {
    let (value, gateUp) = device.linearSwiGLU(x.value, w, keepsGateUp: isRecording)
    return result(value, of: x, hasWeightGradient: w.gradient != nil) { [self] dy in
      guard let gateUp else { return }
      let dGateUp = device.swiGLUGradient(gateUp, dy: dy)
      if addsWeightGradients, let dw = w.gradient {
        device.addLinearWeightGradient(dGateUp, x.value, to: dw)
      }
      if x.needsGradient { add(device.linearInputGradient(dGateUp, w.value), to: x) }
    }
  }

  /// sigmoid(gate) ∘ rmsNorm(gate ∘ up): gateUp [rows, 2m] → [rows, m].
  public func normedSwiGLU(_ gateUp: Variable, epsilon: Float) -> Variable {
    result(device.normedSwiGLU(gateUp.value, epsilon: epsilon), of: gateUp) { [self] dy in
      add(device.normedSwiGLUGradient(gateUp.value, epsilon: epsilon, dy: dy), to: gateUp)
    }
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
    return result(out, of: qkv) { [self] dy in
      guard let logSums else { return }
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
