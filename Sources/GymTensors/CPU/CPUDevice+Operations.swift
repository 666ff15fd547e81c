import CGymTensorKernels

extension CPUDevice {
  public func add(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape && a.type == b.type, "\(a.shape) + \(b.shape)")
    let result = makeTensor(a.shape, a.type)
    share(a.shape.rows) { rows in
      let (a, b, sum) = (a.rows(rows), b.rows(rows), result.rows(rows))
      rg_add(a.type.kernel, Int64(a.count), a.address, b.address, sum.address)
    }
    return result
  }

  public func add(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
    precondition(a.shape == b.shape && a.shape == c.shape, "\(a.shape) + \(b.shape) + \(c.shape)")
    precondition(a.type == b.type && a.type == c.type)
    let result = makeTensor(a.shape, a.type)
    share(a.shape.rows) { rows in
      let (a, b, c, sum) = (a.rows(rows), b.rows(rows), c.rows(rows), result.rows(rows))
      rg_add3(a.type.kernel, Int64(a.count), a.address, b.address, c.address, sum.address)
    }
    return result
  }

  public func residualNorm(
    _ x: Tensor, _ r: Tensor, epsilon: Float, keepsInverse: Bool
  ) -> (y: Tensor, inverse: Tensor?) {
    precondition(x.shape == r.shape && x.type == r.type, "\(x.shape) + \(r.shape)")
    let y = makeTensor(x.shape, x.type)
    let inverse = keepsInverse ? makeTensor([x.shape.rows], .float32) : nil
    share(x.shape.rows) { rows in
      rg_residual_norm(
        x.type.kernel, Int64(rows.count), Int64(x.shape.last), epsilon, x.rows(rows).address,
        r.rows(rows).address, y.rows(rows).address, inverse?.slice(rows).floats)
    }
    return (y, inverse)
  }

  public func residualNormGradient(y: Tensor, inverse: Tensor, dy: Tensor) -> Tensor {
    precondition(y.shape == dy.shape && y.type == dy.type && inverse.count == y.shape.rows)
    let dx = makeTensor(y.shape, y.type)
    rg_residual_norm_backward(
      y.type.kernel, Int64(y.shape.rows), Int64(y.shape.last), y.address, inverse.floats,
      dy.address, dx.address)
    return dx
  }

  public func swiGLU(_ gateUp: Tensor) -> Tensor {
    precondition(gateUp.shape.last % 2 == 0, "gate and up are of one width")
    let width = gateUp.shape.last / 2
    let result = makeTensor(Shape(gateUp.shape.extents.dropLast() + [width]), gateUp.type)
    share(gateUp.shape.rows) { rows in
      rg_swiglu(
        gateUp.type.kernel, Int64(rows.count), Int64(width), gateUp.rows(rows).address,
        result.rows(rows).address)
    }
    return result
  }

  public func swiGLUGradient(_ gateUp: Tensor, dy: Tensor) -> Tensor {
    precondition(gateUp.shape.last == 2 * dy.shape.last && gateUp.shape.rows == dy.shape.rows)
    precondition(gateUp.type == dy.type)
    let result = makeTensor(gateUp.shape, gateUp.type)
    rg_swiglu_backward(
      gateUp.type.kernel, Int64(gateUp.shape.rows), Int64(dy.shape.last), gateUp.address,
      dy.address, result.address)
    return result
  }

  public func normedSwiGLU(_ gateUp: Tensor, epsilon: Float) -> Tensor {
    precondition(gateUp.shape.last % 2 == 0, "gate and up are of one width")
    let width = gateUp.shape.last / 2
    let result = makeTensor(Shape(gateUp.shape.extents.dropLast() + [width]), gateUp.type)
    share(gateUp.shape.rows) { rows in
      rg_normed_swiglu(
        gateUp.type.kernel, Int64(rows.count), Int64(width), epsilon, gateUp.rows(rows).address,
        result.rows(rows).address)
    }
    return result
  }

  public func normedSwiGLUGradient(_ gateUp: Tensor, epsilon: Float, dy: Tensor) -> Tensor {
    precondition(gateUp.shape.last == 2 * dy.shape.last && gateUp.shape.rows == dy.shape.rows)
    precondition(gateUp.type == dy.type)
    let result = makeTensor(gateUp.shape, gateUp.type)
    rg_normed_swiglu_backward(
      gateUp.type.kernel, Int64(gateUp.shape.rows), Int64(dy.shape.last), epsilon,
      gateUp.address, dy.address, result.address)
    return result
  }
}

extension CPUDevice {
  public func attention(
    _ qkv: Tensor, heads: Int, rotary: RotaryTable?, keepsLogSums: Bool
  ) -> (out: Tensor, logSums: Tensor?) {
    let extents = AttentionExtents(qkv: qkv, heads: heads, rotary: rotary)
    let out = makeTensor(extents.outShape, qkv.type)
    let logSums = keepsLogSums ? makeTensor(extents.logSumsShape, .float32) : nil
    share(extents.batch * heads) { part in
      rg_attention_part(
        qkv.type.kernel, Int64(part.lowerBound), Int64(part.upperBound), Int64(extents.length),
        Int64(heads), Int64(extents.headSize), qkv.address, rotary?.cosine.floats,
        rotary?.sine.floats, out.address, logSums?.floats)
    }
    return (out, logSums)
  }

  public func attentionGradient(
    _ qkv: Tensor, heads: Int, rotary: RotaryTable?, out: Tensor, logSums: Tensor, dy: Tensor
  ) -> Tensor {
    let extents = AttentionExtents(qkv: qkv, heads: heads, rotary: rotary)
    precondition(out.shape == extents.outShape && dy.shape == extents.outShape)
    precondition(logSums.shape == extents.logSumsShape && out.type == qkv.type)
    precondition(dy.type == qkv.type)
    let result = makeTensor(qkv.shape, qkv.type)
    rg_attention_backward(
      qkv.type.kernel, Int64(extents.batch), Int64(extents.length), Int64(heads),
      Int64(extents.headSize), qkv.address, rotary?.cosine.floats, rotary?.sine.floats,
      logSums.floats, dy.address, result.address)
    return result
  }
}

extension CPUDevice {
  public func embed(
    _ tokens: TokenGrid, table: Tensor, prefix: Tensor?, positions: Tensor?, scale: Float
  ) -> Tensor {
    let width = table.shape.last
    let prefixRows = prefix?.shape[1] ?? 0
    let length = prefixRows + tokens.cells
    check(table, hasType: .float32)
    precondition(table.shape.rank == 2 && tokens.tokens.allSatisfy { $0 < table.shape[0] })
    precondition(prefix.map { $0.shape == [tokens.batch, prefixRows, width] } ?? true)
    precondition(positions.map { $0.shape == [length, width] } ?? true)
    let result = makeActivation([tokens.batch, length, width])
    rg_embed(
      activationType.kernel, Int64(tokens.batch), Int64(tokens.cells), Int64(prefixRows),
      Int64(width), scale, tokens.tokens, table.floats, prefix?.floats, positions?.floats,
      result.address)
    return result
  }

  public func addEmbedGradients(
    _ tokens: TokenGrid, dy: Tensor, prefixRows: Int, scale: Float, table: Tensor,
    positions: Tensor?
  ) -> Tensor? {
    let width = table.shape.last
    let length = prefixRows + tokens.cells
    precondition(dy.shape == [tokens.batch, length, width] && dy.type == activationType)
    precondition(positions.map { $0.shape == [length, width] } ?? true)
    precondition(tokens.tokens.allSatisfy { $0 < table.shape[0] })
    let prefix =
      prefixRows > 0 ? makeTensor([tokens.batch, prefixRows, width], .float32) : nil
    rg_embed_backward(
      activationType.kernel, Int64(tokens.batch), Int64(tokens.cells), Int64(prefixRows),
      Int64(width), scale, tokens.tokens, dy.address, table.floats, prefix?.floats,
      positions?.floats)
    return prefix
  }
}
