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
    // What this gym built or generated lacks the counts of demonstrations only if it has none.
    let how = data.manifest?.origin["how"]?.string
    let ownCount = how == "build" || how == "generate" ? 0 : Int.max
    return try data.splits.compactMap {
      $0.name == "train" ? nil : try leak(of: $0, into: training, ownCount: ownCount)
    }
  }

  /// - Parameter ownCount: the number of a training puzzle's demonstrations if the folder does not
  ///   say it.
  private func leak(
    of held: DatasetSplit, into training: DatasetSplit, ownCount: Int
  ) throws -> Leak? {
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
        let puzzle = training.puzzles.owner(of: $0.example)
        let count = training.demonstrationCount(ofPuzzle: puzzle) ?? ownCount
        return identity == 0 || training.identifier(ofPuzzle: puzzle) != identity
          || $0.example - training.puzzles[puzzle].lowerBound >= count
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

extension DatasetSplit {
  /// A note if the split's puzzles are of far fewer classes up to symmetry than there are puzzles,
  /// a sentence without its full stop; nil if they are not. The first thousand groups stand for
  /// all.
  ///
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public func fewClassesNote(for task: any Task) throws -> String? {
    let count = min(groups.count, 1000)
    let forms = try (0..<count).map { group in
      let first = try example(puzzles[groups[group].lowerBound].lowerBound)
      return try Fingerprint(task.canonicalForm(of: first) ?? first.question)
    }
    let classes = Set(forms).count
    guard 2 * classes < count else { return nil }
    return "\(name): \(count < groups.count ? "the first " : "")\(count) puzzles are of "
      + "\(classes) class\(classes == 1 ? "" : "es") up to symmetry, and "
      + "measure little more than as many puzzles would; larger boards have more classes"
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
