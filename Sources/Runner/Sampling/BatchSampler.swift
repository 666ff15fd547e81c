import Datasets
import Randomness

/// An example that a sampler drew, and the epoch that it was drawn in.
public struct SampledExample: Sendable, Hashable {
  /// The example's index in the split.
  public let example: Int
  /// The epoch, from 0.
  public let epoch: Int
}

/// Draws training batches as the released sampler of the HRM does.
///
/// An epoch is a random permutation of the groups. Each group in turn gives one random puzzle,
/// and of that puzzle as many examples as the batch still has room for, without replacement.
/// A batch that an epoch's end leaves unfilled goes on into the next epoch, as in the released
/// sampler if it joins several epochs. (There the last batch of the joined epochs, if it is
/// not full, is dropped; here epochs are joined without end, so nothing is.)
///
/// A batch is a pure function of seed and state, so a run resumes exactly.
public struct BatchSampler: Sendable {
  /// The number of examples in each batch.
  public let batchSize: Int
  /// The place of the next batch.
  public private(set) var state: SamplerState
  private let groups: DatasetIndex
  private let puzzles: DatasetIndex
  private let key: RandomKey
  private var order: [Int] = []
  private var orderEpoch: Int?

  /// A sampler of a split's examples, at a state.
  ///
  /// - Precondition: the batch size is positive, the state not negative.
  public init(
    _ split: DatasetSplit, batchSize: Int, seed: UInt64, state: SamplerState = SamplerState()
  ) {
    precondition(batchSize > 0 && state.epoch >= 0 && state.position >= 0)
    groups = split.groups
    puzzles = split.puzzles
    self.batchSize = batchSize
    self.state = state
    key = RandomKey(seed: seed, "batches")
  }

  /// The examples of the next batch, always as many as its size.
  public mutating func next() -> [Int] { draw().map(\.example) }

  /// The same, each example with its epoch.
  public mutating func draw() -> [SampledExample] {
    var batch: [SampledExample] = []
    batch.reserveCapacity(batchSize)
    while batch.count < batchSize {
      if state.position >= groups.count { state = SamplerState(epoch: state.epoch + 1) }
      add(currentGroup(), to: &batch)
      state.position += 1
    }
    return batch
  }

  /// Adds one random puzzle of a group, as far as there is room.
  private func add(_ group: Int, to batch: inout [SampledExample]) {
    var random = RandomStream(
      key: key.deriving("puzzle").deriving(UInt64(state.epoch)), stream: UInt64(state.position))
    let puzzle = groups[group].lowerBound + random.below(groups[group].count)
    let all = puzzles[puzzle]
    let count = min(all.count, batchSize - batch.count)
    batch += random.sample(count, below: all.count).map {
      SampledExample(example: all.lowerBound + $0, epoch: state.epoch)
    }
  }

  /// The group at the current place of the current epoch's permutation.
  private mutating func currentGroup() -> Int {
    if orderEpoch != state.epoch {
      var random = RandomStream(key: key.deriving("order"), stream: UInt64(state.epoch))
      order = random.shuffled(Array(0..<groups.count))
      orderEpoch = state.epoch
    }
    return order[state.position]
  }
}

extension RandomStream {
  /// `count` different numbers below `bound`, in random order.
  fileprivate mutating func sample(_ count: Int, below bound: Int) -> [Int] {
    guard bound > 1 else { return [0] }
    // The first steps of a shuffle of 0..<bound, of which only the moved places are kept.
    var moved: [Int: Int] = [:]
    return (0..<count).map { index in
      let other = index + below(bound - index)
      let value = moved[other] ?? other
      moved[other] = moved[index] ?? index
      return value
    }
  }
}
