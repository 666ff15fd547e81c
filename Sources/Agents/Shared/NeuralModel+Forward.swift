import NeuralNetworks
import Tensors

extension NeuralModel {
  /// What the heads say at the end of a segment.
  struct Heads {
    /// [B, S, V] f32; the rows of the prefix mean nothing.
    let logits: Variable
    /// The halting head's product without bias, [B, k] f32.
    let halting: Variable?
  }

  /// The input [B, S, D]: tokens, puzzle embedding and thoughts with positions.
  ///
  /// - Parameters:
  ///   - thoughts: the previous thought's tokens; read where the network reads them.
  ///   - puzzleGradient: takes the gradient of the used rows, [B, e].
  func embed(
    _ grid: TokenGrid, thoughts: [Int32], identifiers: [Int32], on replica: Replica,
    puzzleGradient: @escaping (Tensor) -> Void = { _ in }
  ) -> Variable {
    let (tape, d) = (replica.tape, configuration.block.hidden)
    let unit = Float(d).squareRoot()
    let question = tape.embed(
      grid, table: replica.table(tokens), prefix: puzzles.prefix(of: identifiers),
      positions: positions.map(replica.table),
      scale: positions == nil ? unit : unit * Float(0.5).squareRoot()
    ) { [puzzles] in
      if let gradient = puzzles.rowGradients($0) { puzzleGradient(gradient) }
    }
    guard let table = self.thoughts else { return question }
    let rows = configuration.prefixRows
    let thought = tape.embed(
      TokenGrid(batch: grid.batch, cells: grid.cells, tokens: thoughts),
      table: replica.table(table), prefix: rows > 0 ? Tensor(zeros: [grid.batch, rows, d]) : nil,
      positions: nil, scale: unit
    ) { _ in }
    return tape.add(question, thought)
  }

  /// One segment from carried states.
  func segment(from states: [Tensor], input: Variable, on replica: Replica) -> Segment {
    network.segment(
      from: states.map(replica.tape.constant), input: input, rotary: rotary, on: replica)
  }

  /// The halting logits [B, k] of one more segment; of it nothing else is made.
  func nextHaltingLogits(
    from states: [Tensor], input: Variable, on replica: Replica
  ) -> [Float] {
    let first = network.firstOutput(
      from: states.map(replica.tape.constant), input: input, rotary: rotary, on: replica)
    return haltingLogits(haltingProduct(first: first, on: replica))
  }

  /// One of a segment's steps, as a probe sees them.
  func step(
    _ index: Int, from states: [Tensor], input: Variable, on replica: Replica
  ) -> Segment {
    network.step(
      index, from: states.map(replica.tape.constant), input: input, rotary: rotary, on: replica)
  }

  /// Both heads on a segment's output.
  func heads(_ output: Variable, on replica: Replica) -> Heads {
    let halting = haltingProduct(output, on: replica)
    return Heads(logits: logits(output, on: replica), halting: halting)
  }

  /// The output head: [B, S, V] f32.
  func logits(_ output: Variable, on replica: Replica) -> Variable {
    replica.tape.linear(output, replica.weight(head), result: .float32)
  }

  /// The halting head's product on the first position, without bias: [B, k] f32.
  func haltingProduct(_ output: Variable, on replica: Replica) -> Variable? {
    halting == nil ? nil : haltingProduct(first: replica.tape.rows(output, at: 0), on: replica)
  }

  private func haltingProduct(first: Variable, on replica: Replica) -> Variable? {
    halting.map { replica.tape.linear(first, replica.weight($0.weight), result: .float32) }
  }

  /// The halting logits [B, k], bias included; empty where there is no halting head.
  func haltingLogits(_ product: Variable?) -> [Float] {
    guard let product, let bias = halting?.bias.value.values else { return [] }
    return product.value.values.enumerated().map { $1 + bias[$0 % bias.count] }
  }

  /// The carried states of `count` puzzles that begin.
  func startStates(count: Int) -> [Tensor] {
    let states = starts.map { _ in
      Tensor(
        zeros: [count, configuration.length, configuration.block.hidden],
        type: configuration.activationType)
    }
    for entry in 0..<count { reset(states, entry: entry) }
    return states
  }

  /// Puts one entry of the states back to their start.
  func reset(_ states: [Tensor], entry: Int) {
    for (state, start) in zip(states, starts) {
      let rows = state.row(entry)
      for position in 0..<rows.shape[0] { rows.row(position).copy(converting: start) }
    }
  }
}
