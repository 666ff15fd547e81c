import CTensorKernels

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
