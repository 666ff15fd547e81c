import Gym
import JSON
import Tensors

extension NeuralAgent {
  public var released: ReleasedArrangement? {
    guard let own = model.network.released else { return nil }
    let block = configuration.block
    var members: JSONObject = [
      "seq_len": JSON(configuration.cells),
      "vocab_size": JSON(configuration.vocabularyCount),
      "num_puzzle_identifiers": JSON(configuration.puzzleIdentifiers),
      "puzzle_emb_ndim": JSON(configuration.puzzleWidth),
      "hidden_size": JSON(block.hidden),
      "num_heads": JSON(block.heads),
      "expansion": .number(configuration.expansion),
      "pos_encodings": .string(configuration.positions == .learned ? "learned" : "rope"),
      "rope_theta": .number(configuration.rotaryBase),
      "rms_norm_eps": .number(1e-5),
      "halt_max_steps": JSON(configuration.maxSegments),
      "halt_exploration_prob": .number(configuration.exploration),
      "forward_dtype": .string(
        configuration.activationType == .float32 ? "float32" : "bfloat16"),
    ]
    for (name, value) in own.members.object ?? [:] { members[name] = value }
    return ReleasedArrangement(
      members: .object(members), differences: differences + own.differences)
  }

  private var differences: [String] {
    var differences: [String] = []
    switch configuration.positions {
    case .rotary, .learned: break
    default: differences.append("positions=\(configuration.positions.rawValue)")
    }
    if configuration.positionInjection == .every, configuration.positions == .learned {
      differences.append("position-injection=\(configuration.positionInjection.rawValue)")
    }
    if configuration.block.gating != .plain {
      differences.append("gating=\(configuration.block.gating.rawValue)")
    }
    if configuration.lossCells == .blanks {
      differences.append("loss-cells=blanks: given cells are repeated as they are")
    }
    return differences
  }
}
