import Foundation
import Gym
import GymNetworks
import GymTensors

/// Compares what is certainly needed with the memory that there is, before it is asked for: a
/// program that gets none ends, and cannot say which setting is too large.
package enum NeededMemory {
  /// Throws a `GymError` if the machine, or the container, has less.
  ///
  /// - Parameter what: what takes the memory, in the plural.
  package static func check(_ bytes: Double, of what: String, remedy: String) throws {
    let usable = UsableMemory.here
    guard bytes > usable.bytes else { return }
    func text(_ bytes: Double) -> String { "\(Int((bytes / 1e9).rounded(.up))) GB" }
    throw GymError(
      "\(what) take at least \(text(bytes))",
      expected: "no more than the memory of this \(usable.isLimited ? "container" : "machine"), "
        + text(usable.bytes), remedy: remedy)
  }
}

extension NeuralConfiguration {
  /// Throws a `GymError` if the blocks' weights alone exceed the machine's memory.
  static func checkMemory(ofWeights settings: Settings) throws {
    let counts = ["blocks", "high-blocks", "low-blocks"].compactMap { name -> Int? in
      if case .integer(let count)? = settings[name] { count } else { nil }
    }
    let blocks = counts.max() ?? 0
    let hidden = Double(settings[Self.hidden])
    // The SwiGLU, which no block goes without: three matrices, D times two thirds of the expansion
    // · D each. Convolutions are larger. A number takes four bytes, and four in what products read.
    let bytes = 8 * Double(blocks) * 2 * settings[Self.expansion] * hidden * hidden
    try NeededMemory.check(
      bytes, of: "the weights of \(blocks) blocks with hidden \(settings[Self.hidden])",
      remedy: "Set hidden, or the number or width of the blocks, to less")
  }
}

extension NeuralAgent {
  /// Throws a `GymError` if states and gradients exceed the machine's memory.
  func checkMemoryOfLearning() throws {
    let puzzles = configuration.batchSize / ranks.count
    let state = configuration.rows * configuration.block.hidden * configuration.activationType.size
    let gradients = model.parameterCount * ElementType.float32.size * workers.count
    try NeededMemory.check(
      Double(puzzles) * Double(state) * Double(model.starts.count) + Double(gradients),
      of: "the states of \(puzzles) puzzles and the gradients of \(model.parameterCount) weights",
      remedy: "Set batch or hidden to less, or use fewer workers")
  }
}
