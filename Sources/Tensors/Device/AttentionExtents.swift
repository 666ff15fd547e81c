/// The dimensions of an attention, derived from its input and checked.
struct AttentionExtents {
  let batch: Int
  let length: Int
  let heads: Int
  let headSize: Int

  /// - Precondition: qkv is [batch, length, 3·heads·headSize] and the rotary table fits.
  init(qkv: Tensor, heads: Int, rotary: RotaryTable?) {
    precondition(
      qkv.shape.rank == 3 && heads > 0 && qkv.shape.last % (3 * heads) == 0,
      "\(qkv.shape) is no qkv of \(heads) heads")
    batch = qkv.shape[0]
    length = qkv.shape[1]
    self.heads = heads
    headSize = qkv.shape.last / (3 * heads)
    if let rotary {
      precondition(
        rotary.cosine.shape == [length, headSize / 2] && headSize % 2 == 0,
        "a rotary table \(rotary.cosine.shape) for \(length) positions and head size \(headSize)")
    }
  }

  var outShape: Shape { [batch, length, heads * headSize] }
  var logSumsShape: Shape { [batch, heads, length] }
}
