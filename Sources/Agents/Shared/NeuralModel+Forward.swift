import NeuralNetworks
import Tensors

extension NeuralModel {
  /// The outputs of the heads at the end of a segment.
  struct Heads {
    /// [B, S, V] f32; the rows of the prefix have no meaning.
    let logits: Variable
    /// The halting head's product without bias, [B, k] f32.
    let halting: Variable?
  }

  /// The input of segments: tokens, puzzle embedding and thoughts, with positions.
  ///
  /// - Parameters:
  ///   - thoughts: the previous thought's tokens; read only if the network reads them.
  ///   - puzzleGradient: receives the gradient of the used rows, [B, e].
  func embed(
    _ grid: TokenGrid, thoughts: [Int32], identifiers: [Int32], on replica: Replica,
    puzzleGradient: @escaping (Tensor) -> Void = { _ in }
  ) -> SegmentInput {
    let (tape, d) = (replica.tape, configuration.block.hidden)
    let unit = Float(d).squareRoot()
    let vectors = positions.map { $0.vectors(on: replica) }
    let scale = unit * (1 / Float(1 + (positions?.terms ?? 0))).squareRoot()
    let asked = configuration.symbols?.grid(of: grid) ?? grid
    var question = tape.embed(
      asked, table: replica.table(tokens), prefix: puzzles.prefix(of: identifiers),
      positions: vectors, scale: scale
    ) { [puzzles] in
      if let gradient = puzzles.rowGradients($0) { puzzleGradient(gradient) }
    }
    if let table = self.thoughts {
      let rows = configuration.prefixRows
      let thought = tape.embed(
        TokenGrid(batch: grid.batch, cells: grid.cells, tokens: thoughts),
        table: replica.table(table),
        prefix: rows > 0 ? Tensor(zeros: [grid.batch, rows, d]) : nil, positions: nil, scale: unit
      ) { _ in }
      question = tape.add(question, thought)
    }
    var places =
      configuration.positionInjection == .every
      ? vectors.map { tape.repeated($0, batch: asked.batch, scale: scale) } : nil
    if configuration.symbols != nil {
      let shape: Shape = [grid.batch, configuration.rows, d]
      question = tape.reshaped(question, shape)
      places = places.map { tape.reshaped($0, shape) }
    }
    return SegmentInput(question: question, places: places, rotary: rotary)
  }

  /// One segment, starting from carried states.
  func segment(from states: [Tensor], input: SegmentInput, on replica: Replica) -> Segment {
    network.segment(from: states.map(replica.tape.constant), input: input, on: replica)
  }

  /// The halting logits [B, k] of one more segment; nothing else of it is computed.
  func nextHaltingLogits(
    from states: [Tensor], input: SegmentInput, on replica: Replica
  ) -> [Float] {
    let first = network.firstOutput(
      from: states.map(replica.tape.constant), input: input, on: replica)
    return haltingLogits(haltingProduct(first: first, on: replica))
  }

  /// One step of a segment, for probing.
  func step(
    _ index: Int, from states: [Tensor], input: SegmentInput, on replica: Replica
  ) -> Segment {
    network.step(index, from: states.map(replica.tape.constant), input: input, on: replica)
  }

  /// Both heads on a segment's output.
  func heads(_ output: Variable, on replica: Replica) -> Heads {
    let halting = haltingProduct(output, on: replica)
    return Heads(logits: logits(output, on: replica), halting: halting)
  }

  /// The output head: [B, S, V] f32.
  func logits(_ output: Variable, on replica: Replica) -> Variable {
    let products = replica.tape.linear(output, replica.weight(head), result: .float32)
    guard configuration.symbols != nil else { return products }
    return replica.tape.picked(
      products, logitPlaces, shape: [configuration.length, configuration.vocabularyCount])
  }

  /// The halting head's product on the first position, without bias: [B, k] f32.
  func haltingProduct(_ output: Variable, on replica: Replica) -> Variable? {
    halting == nil ? nil : haltingProduct(first: replica.tape.rows(output, at: 0), on: replica)
  }

  private func haltingProduct(first: Variable, on replica: Replica) -> Variable? {
    halting.map { replica.tape.linear(first, replica.weight($0.weight), result: .float32) }
  }

  /// The halting logits [B, k], bias included; empty if there is no halting head.
  func haltingLogits(_ product: Variable?) -> [Float] {
    guard let product, let bias = halting?.bias.value.values else { return [] }
    return product.value.values.enumerated().map { $1 + bias[$0 % bias.count] }
  }

  /// The initial carried states of `count` puzzles.
  func startStates(count: Int) -> [Tensor] {
    let states = starts.map { _ in
      Tensor(
        zeros: [count, configuration.rows, configuration.block.hidden],
        type: configuration.activationType)
    }
    for entry in 0..<count { reset(states, entry: entry) }
    return states
  }

  /// Resets one entry of the states to their start.
  func reset(_ states: [Tensor], entry: Int) {
    for (state, start) in zip(states, starts) {
      let rows = state.row(entry)
      for position in 0..<rows.shape[0] { rows.row(position).copy(converting: start) }
    }
  }
}
