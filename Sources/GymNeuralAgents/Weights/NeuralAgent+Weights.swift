import Foundation
import Gym
import GymJSON
import GymNetworks
import GymSafeTensors
import GymTensors

extension NeuralAgent: PortableAgent {
  /// The rows of the released halting head; the second one, which values going on, is not used by
  /// agents that learn halting alone.
  private static var releasedHaltingRows: Int { 2 }
  private static var haltingNames: Set<String> { ["q_head.weight", "q_head.bias"] }

  public func exportWeights(
    to file: URL, as type: ElementType, metadata: [String: String]
  ) throws {
    var content = SafeTensorsContent()
    content.metadata = metadata
    answering {
      for (name, tensor) in model.tensors {
        let isShort = released != nil && Self.haltingNames.contains(name)
        let whole = isShort ? Self.withReleasedRows(tensor) : tensor
        content.add(
          name, type == .float32 ? whole : replicas[0].device.convert(whole, to: type))
      }
    }
    try content.write(to: file)
  }

  /// The halting head with the rows that the released one has: an added row never prefers to go
  /// on.
  private static func withReleasedRows(_ tensor: Tensor) -> Tensor {
    let rows = tensor.shape[0]
    guard rows < releasedHaltingRows else { return tensor }
    let width = tensor.count / max(1, rows)
    let row = [Float](repeating: tensor.shape.extents.count == 1 ? -5 : 0, count: width)
    let added = (rows..<releasedHaltingRows).flatMap { _ in row }
    return Tensor(
      tensor.values + added,
      shape: Shape([releasedHaltingRows] + tensor.shape.extents.dropFirst()))
  }

  public func importWeights(_ weights: WeightsFile) throws {
    var problems: [String] = []
    var loaded: [(tensor: Tensor, values: [Float])] = []
    for (name, tensor) in model.tensors {
      guard let shape = weights.shape(of: name) else {
        problems.append("\(name) is missing, of shape \(tensor.shape.extents)")
        continue
      }
      if let problem = Self.problem(name, shape, expected: tensor.shape.extents) {
        problems.append(problem)
        continue
      }
      let values = Array(try weights.values(of: name).prefix(tensor.count))
      guard values.allSatisfy(\.isFinite) else {
        problems.append("\(name) holds numbers that are not finite")
        continue
      }
      loaded.append((tensor, values))
    }
    let known = Set(model.tensors.map(\.name))
    problems += weights.names.filter { !known.contains($0) }.map { "\($0) is not known" }
    guard problems.isEmpty else { throw Self.mismatch(problems, in: weights) }
    for (tensor, values) in loaded { tensor.set(values) }
    weightsWereReplaced()
  }

  /// The problem with a tensor's shape; nil if it fits.
  private static func problem(_ name: String, _ shape: [Int], expected: [Int]) -> String? {
    if shape == expected { return nil }
    let rows = [releasedHaltingRows] + expected.dropFirst()
    if haltingNames.contains(name), expected[0] < releasedHaltingRows, shape == rows { return nil }
    let isTransposed = shape.count == 2 && Array(shape.reversed()) == expected
    return "\(name) has shape \(shape), expected \(expected)"
      + (isTransposed ? ": it is transposed" : "")
  }

  private static func mismatch(_ problems: [String], in weights: WeightsFile) -> GymError {
    let shown = 12
    let more = problems.count > shown ? "\n  … and \(problems.count - shown) more" : ""
    return GymError(
      "the weights are not those of \(id) with these settings:"
        + problems.prefix(shown).map { "\n  \($0)" }.joined() + more, at: weights.path,
      expected: "every tensor of the model, and no other",
      remedy: "Give the settings that the weights were trained with by --set, and their dataset "
        + "by --data")
  }
}

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
      members: .object(members), differences: differences + rowDifferences(own) + own.differences)
  }

  /// The rows in front of the cells, if the released implementation cannot have as many: it counts
  /// them by `puzzle_emb_len`, if that is among its members, and has none without an embedding.
  private func rowDifferences(_ own: ReleasedArrangement) -> [String] {
    let rows = configuration.plainPrefixRows
    let isCounted = configuration.puzzleWidth > 0 && own.members["puzzle_emb_len"] != nil
    return isCounted || rows == configuration.embeddingRows ? [] : ["prefix-rows=\(rows)"]
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
    if let demonstrations = configuration.demonstrations {
      differences.append("demonstrations=\(demonstrations.count)")
    }
    return differences
  }
}
