import NeuralNetworks
import Tensors

/// The Hierarchical Reasoning Model (arXiv 2506.21734): weights, and the forward pass.
///
/// B is the batch, S = P + T the positions (P of the puzzle embedding, then T cells), D the
/// hidden size, V the vocabulary.
public struct HRMModel: Sendable {
  let configuration: HRMConfiguration
  /// Token embedding [V, D].
  let tokens: Parameter
  /// Learned positions [S, D].
  let positions: Parameter?
  /// H and L; nil where an ablation leaves one out.
  let high: TransformerStack?
  let low: TransformerStack?
  /// Output head [V, D].
  let head: Parameter
  /// Q head [2, D] and its bias [2].
  let qHead: Parameter
  let qBias: Parameter
  /// z⁰ of H and L [D]: drawn once, never trained.
  let highStart: Tensor
  let lowStart: Tensor
  /// Puzzle embeddings [identifiers, e]; nil where e is 0.
  let puzzles: Tensor?
  let rotary: RotaryTable?

  /// A model with initial weights.
  init(_ configuration: HRMConfiguration, initialiser: Initialiser) {
    let (d, type) = (configuration.block.hidden, configuration.activationType)
    self.configuration = configuration
    func normal(_ name: String, _ shape: Shape, _ deviation: Double) -> Tensor {
      initialiser.truncatedNormal(name, shape, deviation: deviation)
    }
    let deviation = 1 / Double(d).squareRoot()
    tokens = Parameter(
      "embed_tokens.embedding_weight",
      normal("embed_tokens", [configuration.vocabularyCount, d], deviation))
    let length = configuration.length
    switch configuration.positions {
    case .rotary:
      positions = nil
      rotary = RotaryTable(length: length, headSize: configuration.block.headSize)
    case .learned:
      positions = Parameter(
        "embed_pos.embedding_weight", normal("embed_pos", [length, d], deviation))
      rotary = nil
    }
    func stack(_ name: String, _ blocks: Int) -> TransformerStack {
      TransformerStack(
        name, blocks: blocks, configuration.block, initialiser: initialiser, computeType: type)
    }
    let ablation = configuration.ablation
    high = ablation == .noHigh ? nil : stack("H_level", configuration.highBlocks)
    low = ablation == .noLow ? nil : stack("L_level", configuration.lowBlocks)
    head = Parameter(
      "lm_head.weight", initialiser.lecun("lm_head", configuration.vocabularyCount, d),
      computeType: type)
    qHead = Parameter("q_head.weight", Tensor(zeros: [2, d]), computeType: type)
    qBias = Parameter("q_head.bias", Tensor([-5, -5], shape: [2]))
    highStart = normal("H_init", [d], 1)
    lowStart = normal("L_init", [d], 1)
    puzzles =
      configuration.puzzleWidth > 0
      ? Tensor(zeros: [configuration.puzzleIdentifiers, configuration.puzzleWidth]) : nil
  }

  /// What AdamATan2 trains: everything but the puzzle embedding and z⁰.
  var parameters: [Parameter] {
    [tokens] + (positions.map { [$0] } ?? []) + (high?.parameters ?? [])
      + (low?.parameters ?? []) + [head, qHead, qBias]
  }

  /// Every tensor that belongs to the model, by its released name.
  var tensors: [(name: String, tensor: Tensor)] {
    parameters.map { ($0.name, $0.value) }
      + [("H_init", highStart), ("L_init", lowStart)]
      + (puzzles.map { [("puzzle_emb.weights", $0)] } ?? [])
  }

  /// The number of trained numbers.
  var parameterCount: Int {
    parameters.reduce(puzzles?.count ?? 0) { $0 + $1.value.count }
  }
}
