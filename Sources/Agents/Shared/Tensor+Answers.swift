import Tensors

extension Tensor {
  /// The token with the greatest logit for each cell (the first of equals), [B · T], from logits
  /// [B, S, V] whose first rows are not cells.
  func greatest(after prefixRows: Int) -> [UInt8] {
    let (length, classes) = (shape[1], shape[2])
    let values = values
    var answers: [UInt8] = []
    answers.reserveCapacity(shape[0] * (length - prefixRows))
    for row in 0..<shape[0] * length where row % length >= prefixRows {
      let start = row * classes
      var best = start
      for index in start + 1..<start + classes where values[index] > values[best] { best = index }
      answers.append(UInt8(best - start))
    }
    return answers
  }
}
