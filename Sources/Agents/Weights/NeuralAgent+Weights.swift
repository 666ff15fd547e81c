import Foundation
import Gym
import NeuralNetworks
import SafeTensors
import Tensors

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
