import GymDatasets
import GymRandomness

/// A sampled example, and the epoch in which it was drawn.
public struct SampledExample: Sendable, Hashable {
  /// The example's index in the split.
  public let example: Int
  /// The epoch, from 0.
  public let epoch: Int
}

/// Draws training batches in the same way as the released HRM sampler.
///
/// An epoch is a random permutation of the groups. Each group in turn gives one random puzzle, and
/// as many examples of that puzzle as still fit into the batch, without replacement. A batch that
/// is not full at the end of an epoch continues into the next epoch, as in the released sampler
/// when it joins several epochs. (There the last batch of the joined epochs is dropped if it is not
/// full; here epochs are joined endlessly, so nothing is dropped.)
///
/// A batch is a pure function of seed and state, so a run resumes exactly.
public struct BatchSampler: Sendable {
  /// The number of examples in each batch.
  public let batchSize: Int
  /// The position of the next batch.
  public private(set) var state: SamplerState
  private let groups: DatasetIndex
  /// The groups that are drawn from.
  private let drawn: [Int]
  private let puzzles: DatasetIndex
  private let key: RandomKey
  private var order: [Int] = []
  private var orderEpoch: Int?

  /// A sampler of a split's examples, at a state.
  ///
  /// - Parameter groups: the groups to draw from; nil for all.
  /// - Precondition: the batch size is positive, the state not negative, and there is a group.
  public init(
    _ split: DatasetSplit, groups drawn: [Int]? = nil, batchSize: Int, seed: UInt64,
    state: SamplerState = SamplerState()
  ) {
    precondition(batchSize > 0 && state.epoch >= 0 && state.position >= 0)
    self.drawn = drawn ?? Array(0..<split.groups.count)
    groups = split.groups
    puzzles = split.puzzles
    self.batchSize = batchSize
    self.state = state
    key = RandomKey(seed: seed, "batches")
  }

  /// The examples of the next batch, always `batchSize` of them, each with its epoch.
  public mutating func draw() -> [SampledExample] {
    var batch: [SampledExample] = []
    batch.reserveCapacity(batchSize)
    while batch.count < batchSize {
      if state.position >= drawn.count { state = SamplerState(epoch: state.epoch + 1) }
      add(currentGroup(), to: &batch)
      state.position += 1
    }
    return batch
  }

  /// Adds one random puzzle of a group, as far as there is space.
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

  /// The group at the current position of the current epoch's permutation.
  private mutating func currentGroup() -> Int {
    if orderEpoch != state.epoch {
      var random = RandomStream(key: key.deriving("order"), stream: UInt64(state.epoch))
      order = random.shuffled(drawn)
      orderEpoch = state.epoch
    }
    return order[state.position]
  }
}

extension RandomStream {
  /// `count` different numbers below `bound`, in random order.
  fileprivate mutating func sample(_ count: Int, below bound: Int) -> [Int] {
    guard bound > 1 else { return [0] }
    // The first steps of a shuffle of 0..<bound, storing only the moved elements.
    var moved: [Int: Int] = [:]
    return (0..<count).map { index in
      let other = index + below(bound - index)
      let value = moved[other] ?? other
      moved[other] = moved[index] ?? index
      return value
    }
  }
}

/// The position of a sampler.
public struct SamplerState: Sendable, Hashable {
  /// The epoch that was drawn from last, from 0. The next one begins with the first draw from it,
  /// and not with the last draw from the one before.
  public var epoch: Int
  /// The number of groups drawn in that epoch; all of them before the next one begins.
  public var position: Int

  /// The beginning, or a position from a checkpoint.
  public init(epoch: Int = 0, position: Int = 0) {
    self.epoch = epoch
    self.position = position
  }
}
