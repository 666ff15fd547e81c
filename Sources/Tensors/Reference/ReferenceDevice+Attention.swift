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
    precondition(dy.shape == extents.outShape, "\(dy.shape) is no gradient of \(qkv.shape)")
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
