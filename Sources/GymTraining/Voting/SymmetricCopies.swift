import Gym
import GymRandomness

extension Task {
  /// The identity and other symmetries in random order, each once. The order is always the same for
  /// a task, and a smaller number gives a prefix of a larger one.
  ///
  /// - Parameter flag: the option that asked for them.
  /// - Throws: a `GymError` if the task does not have enough symmetries.
  package func symmetricCopies(_ count: Int, at flag: String = "--votes") throws -> [Symmetry] {
    var copies = [Symmetry.identity(for: self)]
    var random = RandomStream(seed: 1, "symmetric copies")
    if let symmetries {
      let others = symmetries.filter { $0 != copies[0] }
      copies += random.shuffled(others).prefix(count - 1)
    } else {
      var seen = Set(copies)
      // A group is known to be small if many draws in a row give nothing new.
      var misses = 0
      while copies.count < count, misses < 10_000 {
        let symmetry = randomSymmetry(using: &random)
        if seen.insert(symmetry).inserted {
          copies.append(symmetry)
          misses = 0
        } else {
          misses += 1
        }
      }
    }
    guard copies.count >= count else {
      throw GymError(
        "\(count) symmetric copies were requested", at: flag,
        expected: copies.count == 1
          ? "1: \(id) has no symmetries"
          : "at most \(copies.count), the symmetries of \(id)")
    }
    return Array(copies.prefix(count))
  }
}
