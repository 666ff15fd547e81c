import Gym
import NeuralNetworks
import Randomness
import Tensors

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
    rotary = RotaryTable(configuration)
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
  var parameters: [Parameter] {
    outerParameters(network.parameters)
  }

  /// The same without the network's own parameters.
  var outerParameters: [Parameter] { outerParameters([]) }

  private func outerParameters(_ inner: [Parameter]) -> [Parameter] {
    [tokens] + [thoughts].compactMap { $0 } + (positions?.parameters ?? []) + inner + [head]
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

  /// The number of trained values.
  var parameterCount: Int {
    parameters.reduce(puzzles.table?.count ?? 0) { $0 + $1.value.count }
  }
}
