import Foundation
import Gym
import GymSafeTensors

/// A safetensors file of weights, from this program or another one.
///
/// Tensors have the names of the released state dictionaries: what a compiled or wrapped PyTorch
/// model puts before them (`_orig_mod.`, `module.`, `model.`, `inner.`) is left out, and so are
/// buffers that are computed anew (rotary tables, the puzzle embedding's scratch rows).
public struct WeightsFile: Sendable {
  /// The path, for errors.
  public var path: String { file.path }
  /// The free text of the file's header.
  public var metadata: [String: String] { file.metadata }
  private let file: SafeTensorsFile
  /// The full name in the file of each tensor.
  private var fullNames: [String: String]
  /// The tensors that are read as zeros.
  private var zeros: Set<String> = []

  private static let prefixes = ["_orig_mod.", "module.", "model.", "inner."]
  private static let buffers = [
    "puzzle_emb.local_weights", "puzzle_emb.local_ids", "rotary_emb.cos_cached",
    "rotary_emb.sin_cached",
  ]

  /// Opens a file and checks its header.
  ///
  /// - Throws: a `GymError`, also if the file is one of PyTorch's own.
  public init(contentsOf url: URL) throws {
    if Self.isPyTorchArchive(url) {
      throw GymError(
        "this is a file of PyTorch's own format", at: url.path, expected: "a safetensors file",
        remedy: "Convert it: python3 Examples/pt_to_safetensors.py \(url.lastPathComponent) "
          + "model.safetensors")
    }
    file = try SafeTensorsFile(contentsOf: url)
    var fullNames: [String: String] = [:]
    for full in file.names {
      let name = Self.withoutPrefixes(full)
      guard !Self.buffers.contains(name) else { continue }
      if let other = fullNames.updateValue(full, forKey: name) {
        throw GymError(
          "\(other) and \(full) are both \(name)", at: url.path,
          expected: "the weights of one model")
      }
    }
    guard !fullNames.isEmpty else {
      throw GymError("there are no tensors", at: url.path, expected: "the weights of a model")
    }
    self.fullNames = fullNames
  }

  /// The names without prefixes, sorted.
  public var names: [String] { fullNames.keys.sorted() }

  /// The dimensions of a tensor, outermost first; nil if there is none with this name.
  public func shape(of name: String) -> [Int]? {
    fullNames[name].flatMap { file.entries[$0]?.shape }
  }

  /// The number of layers of a stack: one more than the largest index after `NAME.layers.`.
  ///
  /// Indices beyond the number of tensors cannot be those of a whole stack and are ignored.
  public func layers(of stack: some StringProtocol) -> Int {
    let start = "\(stack).layers."
    let indices = fullNames.keys.filter { $0.hasPrefix(start) }.compactMap {
      Int($0.dropFirst(start.count).prefix { $0 != "." })
    }
    return (indices.filter { (0..<fullNames.count).contains($0) }.max() ?? -1) + 1
  }

  /// The numbers of a tensor in f32.
  ///
  /// - Throws: a `GymError` if there is none with this name, or it holds integers.
  func values(of name: String) throws -> [Float] {
    let values = try file.floats(fullNames[name] ?? name)
    return zeros.contains(name) ? values.map { _ in 0 } : values
  }

  private static func withoutPrefixes(_ full: String) -> String {
    var name = full[...]
    while let prefix = prefixes.first(where: { name.hasPrefix($0) }) {
      name = name.dropFirst(prefix.count)
    }
    return String(name)
  }

  /// Whether a file begins as the archives do that `torch.save` writes.
  private static func isPyTorchArchive(_ url: URL) -> Bool {
    guard let handle = try? FileHandle(forReadingFrom: url) else { return false }
    defer { try? handle.close() }
    let start = (try? handle.read(upToCount: 4)) ?? Data()
    return start == Data([0x50, 0x4B, 3, 4])
  }
}

extension WeightsFile {
  /// The same weights with further blocks at the end of every stack, for a model that answers the
  /// same until it is trained on (after Gesmundo and Maile, arXiv 2308.06103).
  ///
  /// A new block has the weights of an earlier one, in turn, except that the matrices which write
  /// to the residual stream are zero: rmsNorm(x + 0) leaves what the block before has normalized.
  ///
  /// - Throws: a `GymError` if the weights have no stacks of such blocks.
  public func addingBlocks(_ count: Int) throws -> WeightsFile {
    guard (1...Self.mostAddedBlocks).contains(count) else {
      throw GymError(
        "\(count) blocks to add", at: path, expected: "1 to \(Self.mostAddedBlocks)")
    }
    var result = self
    for name in names {
      guard let place = BlockPlace(name) else { continue }
      let blocks = layers(of: place.stack)
      for added in blocks..<blocks + count where added % blocks == place.index {
        let copy = "\(place.stack).layers.\(added).\(place.tensor)"
        result.fullNames[copy] = fullNames[name]
        if place.writesToTheStream { result.zeros.insert(copy) }
      }
    }
    // A block that mixes positions by a SwiGLU normalizes over them too, and so is never idle.
    guard !result.zeros.isEmpty, !names.contains(where: { $0.contains(".mlp_t.") }) else {
      throw GymError(
        "the weights have no blocks that others could be added to", at: path,
        expected: "blocks with attention, such as H_level.layers.0 of hrm",
        remedy: "Leave out --add-blocks")
    }
    return result
  }

  private static var mostAddedBlocks: Int { 64 }

  /// The parts of a name such as `H_level.layers.0.mlp.down_proj.weight`.
  private struct BlockPlace {
    let stack, tensor: Substring
    let index: Int

    init?(_ name: String) {
      guard let marker = name.range(of: ".layers.") else { return nil }
      let parts = name[marker.upperBound...].split(separator: ".", maxSplits: 1)
      guard parts.count == 2, let index = Int(parts[0]) else { return nil }
      (stack, tensor) = (name[..<marker.lowerBound], parts[1])
      self.index = index
    }

    var writesToTheStream: Bool {
      tensor.hasSuffix("o_proj.weight") || tensor.hasSuffix("down_proj.weight")
    }
  }
}
