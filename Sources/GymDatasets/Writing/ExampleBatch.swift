import Gym
import Synchronization

/// Examples to be written to a split, side by side: workers fill batches, a writer takes them.
struct ExampleBatch: Sendable {
  /// A run of examples with the same source.
  struct SourceRun: Sendable {
    let name: String
    var count: Int
  }

  /// The tokens of the questions and labels, [examples, cells].
  var questions: [UInt8] = []
  var labels: [UInt8] = []
  /// The rating of each example; NaN if unknown.
  var ratings: [Float] = []
  var sources: [SourceRun] = []
  /// The number of examples of each puzzle, how many of them are demonstrations, which come first,
  /// and its name if it has an identity.
  var puzzles: [(examples: Int, demonstrations: Int, name: String?)] = []
  /// The number of puzzles of each group.
  var groups: [Int] = []
  private var groupedPuzzles = 0
  /// The task's counts over the groups' first examples.
  var counts = CountHistograms()

  /// The number of examples.
  var count: Int { ratings.count }

  /// Reserves space for the tokens of examples.
  mutating func reserveCapacity(_ examples: Int, cells: Int) {
    questions.reserveCapacity(examples * cells)
    labels.reserveCapacity(examples * cells)
  }

  /// Becomes empty, but keeps its memory.
  mutating func removeAll() {
    questions.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    ratings.removeAll(keepingCapacity: true)
    sources.removeAll(keepingCapacity: true)
    puzzles.removeAll(keepingCapacity: true)
    groups.removeAll(keepingCapacity: true)
    (groupedPuzzles, counts) = (0, CountHistograms())
  }

  /// Adds a puzzle, whose first examples are demonstrations, to the current group; skips one
  /// without examples.
  ///
  /// - Precondition: every example has the same number of cells.
  mutating func append(_ examples: [Example], demonstrations: Int = 0, name: String?) {
    guard !examples.isEmpty else { return }
    for example in examples { append(example) }
    puzzles.append((examples.count, demonstrations, name))
  }

  /// Ends a group, an original puzzle with its variants; skips one without puzzles.
  mutating func endGroup() {
    guard puzzles.count > groupedPuzzles else { return }
    groups.append(puzzles.count - groupedPuzzles)
    groupedPuzzles = puzzles.count
  }

  /// Adds the counts of a group's first example.
  mutating func add(counts: [String: UInt64]) { self.counts.add(counts) }

  private mutating func append(_ example: Example) {
    questions.append(contentsOf: example.question)
    labels.append(contentsOf: example.answer)
    ratings.append(example.rating.map { Float($0) } ?? .nan)
    if let last = sources.indices.last, sources[last].name == example.source {
      sources[last].count += 1
    } else {
      sources.append(SourceRun(name: example.source, count: 1))
    }
  }
}

/// Written batches for workers to refill: reusing memory is cheaper than touching new pages.
final class BatchPool: Sendable {
  private let batches = Mutex<[(training: ExampleBatch, held: ExampleBatch)]>([])

  /// Empty batches for training and held-out examples.
  func take() -> (training: ExampleBatch, held: ExampleBatch) {
    guard var (training, held) = batches.withLock({ $0.popLast() }) else {
      return (ExampleBatch(), ExampleBatch())
    }
    training.removeAll()
    held.removeAll()
    return (training, held)
  }

  /// Takes back written batches.
  func give(_ training: ExampleBatch, _ held: ExampleBatch) {
    batches.withLock { $0.append((training, held)) }
  }
}
