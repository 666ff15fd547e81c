import NeuralNetworks
import Tensors

extension HRMModel {
  /// The two states of a batch, [B, S, D] each.
  struct States: Sendable {
    var high: Tensor
    var low: Tensor
  }

  /// What the heads say at the end of a segment.
  struct Heads {
    /// [B, S, V] f32; the rows of the prefix mean nothing.
    let logits: Variable
    /// The Q head's product without bias, [B, 2] f32.
    let q: Variable
  }

  /// The input x̃ [B, S, D]: tokens and puzzle embedding with positions, at unit variance.
  ///
  /// - Parameter puzzleGradient: takes the gradient of the used rows, [B, e].
  func embed(
    _ grid: TokenGrid, identifiers: [Int32], on replica: Replica,
    puzzleGradient: @escaping (Tensor) -> Void
  ) -> Variable {
    let d = configuration.block.hidden
    var scale = Float(d).squareRoot()
    if positions != nil { scale *= Float(0.5).squareRoot() }
    return replica.tape.embed(
      grid, table: replica.table(tokens), prefix: prefix(of: identifiers),
      positions: positions.map(replica.table), scale: scale
    ) { gradient in
      puzzleGradient(unpadded(gradient))
    }
  }

  /// Both heads on a segment's output, z_H.
  func heads(_ output: Variable, on replica: Replica) -> Heads {
    let tape = replica.tape
    let q = tape.linear(tape.rows(output, at: 0), replica.weight(qHead), result: .float32)
    return Heads(logits: tape.linear(output, replica.weight(head), result: .float32), q: q)
  }

  /// The Q head alone: halt and continue for each entry.
  func qValues(_ output: Variable, on replica: Replica) -> [QValues] {
    let tape = replica.tape
    return qValues(tape.linear(tape.rows(output, at: 0), replica.weight(qHead), result: .float32))
  }

  /// The values of a Q product, with the bias.
  func qValues(_ product: Variable) -> [QValues] {
    let bias = qBias.value.values
    let values = product.value.values
    return stride(from: 0, to: values.count, by: 2).map {
      QValues(halt: values[$0] + bias[0], continue: values[$0 + 1] + bias[1])
    }
  }

  /// z⁰ of `count` puzzles.
  func startStates(count: Int) -> States {
    let shape: Shape = [count, configuration.length, configuration.block.hidden]
    func filled(_ start: Tensor) -> Tensor {
      let tensor = Tensor(zeros: shape, type: configuration.activationType)
      for entry in 0..<count { reset(tensor, entry: entry, to: start) }
      return tensor
    }
    return States(high: filled(highStart), low: filled(lowStart))
  }

  /// Puts one entry of the states back to z⁰.
  func reset(_ states: States, entry: Int) {
    reset(states.high, entry: entry, to: highStart)
    reset(states.low, entry: entry, to: lowStart)
  }

  private func reset(_ tensor: Tensor, entry: Int, to start: Tensor) {
    let rows = tensor.reshaped([tensor.shape[0] * tensor.shape[1], tensor.shape[2]])
    for row in entry * tensor.shape[1]..<(entry + 1) * tensor.shape[1] {
      rows.slice(row..<row + 1).copy(converting: start.reshaped([1, start.count]))
    }
  }

  /// The used rows of the puzzle embedding, padded to whole positions: [B, P, D] f32.
  private func prefix(of identifiers: [Int32]) -> Tensor? {
    guard let puzzles else { return nil }
    let (p, d) = (configuration.prefixRows, configuration.block.hidden)
    let result = Tensor(zeros: [identifiers.count, p, d])
    for (entry, identifier) in identifiers.enumerated() {
      let row = puzzles.slice(Int(identifier)..<Int(identifier) + 1)
      result.slice(entry..<entry + 1).reshaped([p * d]).slice(0..<row.count)
        .copy(from: row.reshaped([row.count]))
    }
    return result
  }

  /// [B, P, D] without the padding: [B, e].
  private func unpadded(_ gradient: Tensor) -> Tensor {
    let width = configuration.puzzleWidth
    let batch = gradient.shape[0]
    let rows = gradient.reshaped([batch, gradient.count / max(batch, 1)])
    if rows.shape[1] == width { return rows }
    let result = Tensor(zeros: [batch, width])
    for entry in 0..<batch {
      result.slice(entry..<entry + 1).reshaped([width]).copy(
        from: rows.slice(entry..<entry + 1).reshaped([rows.shape[1]]).slice(0..<width))
    }
    return result
  }
}
