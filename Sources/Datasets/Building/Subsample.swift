import Gym
import Randomness

/// A choice of `count` out of any number of items, each equally likely.
///
/// Item i has the first number of stream i, and the items with the lowest numbers are chosen. A
/// smaller choice from the same items is therefore a subset of a larger one.
struct Subsample {
  private let count: Int
  private let key: RandomKey
  private var offered = 0
  private var best: [(number: UInt64, item: Int)] = []

  /// - Precondition: `count` is positive.
  init(count: Int, seed: UInt64) {
    precondition(count > 0)
    self.count = count
    key = RandomKey(seed: seed, "subsample")
  }

  /// Offers the next item.
  mutating func offer() {
    var random = RandomStream(key: key, stream: UInt64(offered))
    best.append((random.next(), offered))
    offered += 1
    if best.count >= 2 * count { cut() }
  }

  /// The chosen items, in ascending order.
  func chosen() throws -> [Int] {
    guard offered >= count else {
      throw GymError(
        "there are \(offered) training puzzles", expected: "at least \(count) to choose from",
        remedy: "Lower --subsample, or leave it out.")
    }
    var copy = self
    copy.cut()
    return copy.best.map(\.item).sorted()
  }

  private mutating func cut() {
    best.sort { $0 < $1 }
    best.removeLast(max(0, best.count - count))
  }
}
