import Gym
import GymNetworks
import GymRandomness
import GymTensors

/// The weights of a neural agent: the network, and the parts common to all networks.
///
/// B is the batch, S = P + T the positions (P in front, then T cells), D the hidden size, V the
/// vocabulary.
struct NeuralModel<Network: SegmentNetwork>: Sendable {
  let configuration: NeuralConfiguration
  private(set) var network: Network
  /// Token embedding [V, D]; with an axis of symbols, one row per role that a token can have.
  let tokens: Parameter
  /// Embedding of the previous thought's tokens [V, D], if the network reads them.
  let thoughts: Parameter?
  /// Learned positions, if there are any.
  let positions: PositionTables?
  /// Output head [V, D]; with an axis of symbols, see `SymbolAxis.headRows`.
  let head: Parameter
  /// With an axis of symbols, the place of each logit among the head's products.
  let logitPlaces: [Int32]
  /// The halting head [k, D] and its bias [k], if there is one (k ≥ 1).
  let halting: (weight: Parameter, bias: Parameter)?
  /// The initial value of each carried state [D]: drawn once, never trained.
  let starts: [Tensor]
  let puzzles: PuzzleEmbedding
  let reader: DemonstrationReader?
  let rotary: RotaryTable?

  /// A model with initial weights.
  init(_ configuration: NeuralConfiguration, settings: Settings, seed: UInt64) throws {
    let initializer = Initializer(seed: seed)
    let (d, type) = (configuration.block.hidden, configuration.activationType)
    let (v, symbols) = (configuration.vocabularyCount, configuration.symbols)
    func table(_ name: String, rows: Int) -> Parameter {
      let deviation = 1 / Double(d).squareRoot()
      return Parameter(
        "\(name).embedding_weight",
        initializer.truncatedNormal(name, [rows, d], deviation: deviation))
    }
    self.configuration = configuration
    network = try Network(settings, configuration, initializer: initializer)
    tokens = table("embed_tokens", rows: symbols?.embeddingRows ?? v)
    thoughts = Network.readsThoughts ? table("embed_thoughts", rows: v) : nil
    positions = PositionTables(configuration, table: table)
    reader = DemonstrationReader(configuration, initializer: initializer, table: table)
    rotary = RotaryTable(configuration, prefix: configuration.prefixRows)
    head = Parameter(
      "lm_head.weight", initializer.lecun("lm_head", symbols?.headRows ?? v, d), computeType: type)
    logitPlaces = symbols?.logitPlaces(length: configuration.length) ?? []
    let k = network.halting.logits
    halting =
      k == 0
      ? nil
      : (
        Parameter("q_head.weight", Tensor(zeros: [k, d]), computeType: type),
        Parameter("q_head.bias", Tensor([Float](repeating: -5, count: k), shape: [k]))
      )
    starts = network.stateNames.map {
      $0.startsAtZero
        ? Tensor(zeros: [d]) : initializer.truncatedNormal($0.start, [d], deviation: 1)
    }
    puzzles = PuzzleEmbedding(configuration)
  }

  /// The parameters that the optimizer trains: everything except the puzzle embedding and the start
  /// vectors.
  var parameters: [Parameter] { outerParameters(matrices) }

  /// The parameters of all blocks.
  var matrices: [Parameter] { network.parameters + (reader?.matrices ?? []) }

  /// All other parameters.
  var outerParameters: [Parameter] { outerParameters([]) }

  private func outerParameters(_ inner: [Parameter]) -> [Parameter] {
    [tokens] + [thoughts].compactMap { $0 } + (positions?.parameters ?? [])
      + (reader?.tables ?? []) + inner + [head]
      + (halting.map { [$0.weight, $0.bias] } ?? [])
  }

  /// The model as it runs when a share of the training budget is used.
  func arranged(at progress: Double) -> NeuralModel {
    var model = self
    model.network = network.arranged(at: progress)
    return model
  }

  /// The model as it runs in one training step.
  func drawn(using random: inout RandomStream) -> NeuralModel {
    var model = self
    model.network = network.drawn(using: &random)
    return model
  }

  /// Every tensor of the model, under its name in checkpoints.
  var tensors: [(name: String, tensor: Tensor)] {
    parameters.map { ($0.name, $0.value) } + zip(network.stateNames.map(\.start), starts)
      + (puzzles.table.map { [("puzzle_emb.weights", $0)] } ?? [])
  }

  /// The tokens that each thought feeds back.
  var tokensPerThought: Int { Network.readsThoughts ? configuration.cells : 0 }

  /// The number of trained values.
  var parameterCount: Int {
    parameters.reduce(puzzles.table?.count ?? 0) { $0 + $1.value.count }
  }
}

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
  ///   - demonstrations: those of each question, or none at all.
  ///   - puzzleGradient: receives the gradient of the used rows, [B, e].
  func embed(
    _ grid: TokenGrid, thoughts: [Int32], identifiers: [Int32],
    demonstrations: [[Example]] = [], on replica: Replica,
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
    let shown = reader?.rows(of: demonstrations, on: replica)
    if let shown { question = tape.add(question, shown.rows) }
    var places =
      configuration.positionInjection == .every
      ? vectors.map { tape.repeated($0, batch: asked.batch, scale: scale) } : nil
    if configuration.symbols != nil {
      let shape: Shape = [grid.batch, configuration.rows, d]
      question = tape.reshaped(question, shape)
      places = places.map { tape.reshaped($0, shape) }
    }
    return SegmentInput(
      question: question, places: places, rotary: rotary, operations: shown?.operations ?? [])
  }

  /// One segment, starting from carried states.
  func segment(from states: [Tensor], input: SegmentInput, on replica: Replica) -> Segment {
    network.segment(from: states.map(replica.tape.constant), input: input, on: replica)
  }

  /// The input of the halting head [B, D] after one more segment; nothing else of it is computed.
  func firstOutput(
    from states: [Tensor], input: SegmentInput, on replica: Replica
  ) -> Variable {
    network.firstOutput(from: states.map(replica.tape.constant), input: input, on: replica)
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

  /// The same from the first position, [B, D].
  func haltingProduct(first: Variable, on replica: Replica) -> Variable? {
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
