import Gym

/// A quick search for held-out puzzles in a training split: only for each group's original, and
/// with canonical forms only of examples whose invariant occurs on both sides.
public struct LeakageCheck {
  /// The overlap of a held-out split with the training split.
  public struct Leak: Sendable, Hashable {
    /// The held-out split's name.
    public let split: String
    /// The number of its examples that training contains, literally or up to symmetry.
    public let count: Int
    /// The first of them, as an index into the held-out split.
    public let example: Int
    /// An equal or equivalent example, as an index into the training split.
    public let trainingExample: Int
  }

  private let task: (any Task)?
  private let control: WorkControl

  /// - Parameter task: the datasets' task; without one, only equal questions are found.
  public init(task: (any Task)?, control: WorkControl) {
    (self.task, self.control) = (task, control)
  }

  /// The leaks of every held-out split of a dataset.
  public func leaks(in data: Dataset) throws -> [Leak] {
    guard let training = data.splits.first(where: { $0.name == "train" }) else { return [] }
    if let task { try data.checkFits(task) }
    return try data.splits.compactMap {
      $0.name == "train" ? nil : try leak(of: $0, into: training)
    }
  }

  private func leak(of held: DatasetSplit, into training: DatasetSplit) throws -> Leak? {
    let task = self.task
    let equivalence = task as? any EquivalenceTask
    let invariant: @Sendable (Example) -> UInt64 = { equivalence?.symmetryInvariant(of: $0) ?? 0 }
    let asked = try examined(held, nil, invariant)
    let wanted = Set(asked.map(\.value))
    let candidates = try examined(training, nil, invariant).filter { wanted.contains($0.value) }
    let reached = Set(candidates.map(\.value))

    let form: @Sendable (Example) throws -> Fingerprint = {
      try Fingerprint(task?.canonicalForm(of: $0) ?? $0.question)
    }
    let trained = Dictionary(
      grouping: try examined(training, candidates.map(\.example), form), by: \.value)
    let shared = try examined(
      held, asked.filter { reached.contains($0.value) }.map(\.example), form
    ).compactMap { item -> (example: Int, training: Int)? in
      // A puzzle's own demonstrations may equal its question, since they belong to it.
      let identity = held.identifier(ofExample: item.example)
      return trained[item.value]?.first {
        identity == 0 || training.identifier(ofExample: $0.example) != identity
      }.map { (item.example, $0.example) }
    }
    return shared.first.map {
      Leak(
        split: held.name, count: shared.count, example: $0.example, trainingExample: $0.training)
    }
  }

  /// A value for each of the examples, in order; by default for the groups' originals.
  private func examined<Value: Sendable>(
    _ split: DatasetSplit, _ examples: [Int]?,
    _ value: @escaping @Sendable (Example) throws -> Value
  ) throws -> [(example: Int, value: Value)] {
    let cancellation = control.cancellation
    let count = examples?.count ?? split.groups.count
    var result: [(example: Int, value: Value)] = []
    try OrderedWork.run(
      workers: control.workers,
      produce: { submit in
        for start in stride(from: 0, to: count, by: 512) {
          try submit(start..<min(count, start + 512))
        }
      },
      process: { range in
        try cancellation.check()
        let chosen =
          examples.map { Array($0[range]) }
          ?? range.flatMap { Array(split.puzzles[split.groups[$0].lowerBound]) }
        return try chosen.map { (example: $0, value: try value(split.example($0))) }
      },
      consume: { result += $0 })
    return result
  }
}

/// 128 bits of a puzzle's SHA-256; puzzles with equal fingerprints are considered equal.
struct Fingerprint: Sendable, Hashable, Comparable {
  private let high: UInt64
  private let low: UInt64

  init(_ tokens: [UInt8]) throws {
    (high, low) = try SHA256.hash(tokens).withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }

  static func < (a: Fingerprint, b: Fingerprint) -> Bool {
    a.high == b.high ? a.low < b.low : a.high < b.high
  }
}
