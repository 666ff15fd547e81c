import Foundation
import Gym
import GymDatasets

/// A benchmark to be created, with its puzzles.
public struct BenchmarkDraft: Sendable {
  /// The benchmark.
  public let benchmark: Benchmark
  /// The task with the rules.
  public let task: any Task
  /// A remark for the user about the puzzles, without its full stop; nil if there is none.
  public let note: String?
  private let puzzles: Puzzles
  private let demonstrations: PuzzleDemonstrations?

  private enum Puzzles {
    case split(DatasetSplit)
    /// Questions whose answers are not stored.
    case sealed([Example])
  }

  /// A draft from a dataset's split; reads the whole split for its hash, and checks that the task's
  /// rules accept its labels.
  ///
  /// - Parameter demonstrations: the solved examples that explain the puzzles, if there are any.
  /// - Throws: a `GymError` if the split does not have the task's shape or a label is wrong.
  public init(
    name: String? = nil, task: any Task, split: DatasetSplit,
    demonstrations: PuzzleDemonstrations? = nil, isHeldBack: Bool = false, created: Date = Date()
  ) throws {
    try task.checkFits(
      "the split", cells: split.cells, tokens: split.vocabularyCount, at: split.url.path)
    var sources: [String: Int] = [:]
    for index in 0..<split.count {
      let example = try split.example(index)
      sources[example.source, default: 0] += 1
      if let problem = try task.verify(example.answer, for: example).problem {
        throw GymError(
          "the label of example \(index) is wrong: \(problem)", at: split.url.path,
          remedy: "`reasongym dataset check` tells more")
      }
    }
    benchmark = try Benchmark(
      name: name ?? Self.name(of: task, split: split), task: task.id,
      settings: task.settings.json, split: split.name,
      dataHash: split.contentHash(), count: split.count,
      answers: isHeldBack ? .heldBack : .open, levels: task.levels, created: created.wholeSeconds,
      origin: Self.origin(sources))
    note = Self.note(on: split)
    self.task = task
    self.demonstrations = demonstrations?.isEmpty == false ? demonstrations : nil
    puzzles = .split(split)
  }

  /// The sources in a line, the most frequent first, with their numbers of puzzles.
  private static func origin(_ sources: [String: Int]) -> String {
    let known = sources.filter {
      (try? PlainText.check($0.key, what: "the source", limit: 60)) != nil
    }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    if known.count == 1, sources.count == 1 { return known[0].key }
    let shown = known.prefix(4)
    let line = shown.map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
    let others = sources.count - shown.count
    guard !shown.isEmpty, others > 0 else { return line }
    let rest = sources.values.reduce(0, +) - shown.reduce(0) { $0 + $1.value }
    return line + " and \(others) \(others == 1 ? "other" : "others") (\(rest))"
  }

  /// The name that the benchmark of a split gets if nobody names it; see `PuzzleSummary`.
  public static func name(of task: any Task, split: DatasetSplit) -> String {
    PuzzleSummary.name(
      of: task, ratings: (0..<split.count).map { split.rating($0) }, split: split.name)
  }

  /// A draft of a sealed benchmark: the task generates its puzzles from a secret, and the board
  /// stores only their questions. Its data hash is the SHA-256 of the questions' tokens.
  ///
  /// - Throws: a `GymError` if the task does not generate puzzles with exactly one question, or
  ///   there are too many.
  public init(
    name: String? = nil, sealing task: any Task, count: Int, split: String = "test",
    seed: SecretSeed,
    created: Date = Date()
  ) throws {
    guard (1...Benchmark.maximumPuzzles).contains(count) else {
      throw GymError("\(count) puzzles were requested", expected: "1...\(Benchmark.maximumPuzzles)")
    }
    let sealed = SealedPuzzles(of: task, split: split, seed: seed)
    var hash = try SHA256()
    let examples = try (0..<count).map { index in
      var example = try sealed.example(index)
      hash.update(example.question)
      example.answer = Array(repeating: Vocabulary.padding, count: task.grid.cells)
      return example
    }
    benchmark = try Benchmark(
      name: name ?? PuzzleSummary.name(of: task, ratings: examples.map(\.rating), split: split),
      task: task.id, settings: task.settings.json, split: split,
      dataHash: Hexadecimal.text(hash.finalize()), count: count, answers: .sealed,
      levels: task.levels, created: created.wholeSeconds, origin: "generated from a secret")
    (self.task, note) = (task, nil)
    demonstrations = nil
    puzzles = .sealed(examples)
  }

  /// A puzzle with its rating and its answer, which is padding if it is sealed.
  ///
  /// - Precondition: it exists.
  package func example(_ index: Int) throws -> Example {
    switch puzzles {
    case .split(let split): try split.example(index)
    case .sealed(let examples): examples[index]
    }
  }

  /// The solved examples that explain a puzzle; none for most tasks.
  ///
  /// - Precondition: the puzzle exists.
  package func demonstrations(for index: Int) throws -> [Example] {
    try demonstrations?.demonstrations(for: index) ?? []
  }

  /// A remark for the user about a split's puzzles as those of a board, without its full stop; nil
  /// if there is none.
  public static func note(on split: DatasetSplit) -> String? {
    split.variantNote.map {
      $0 + ", and a board counts each as a puzzle of its own, without votes by task; for a board "
        + "of the originals alone, write them by `dataset convert --originals` and build a dataset "
        + "of those"
    }
  }

  /// The packing of the task's tokens.
  package var packing: TokenPacking {
    TokenPacking(cells: task.grid.cells, vocabularyCount: task.vocabulary.count)
  }
}

extension Date {
  /// The time to the second, as boards store it.
  fileprivate var wholeSeconds: Date {
    Date(timeIntervalSince1970: timeIntervalSince1970.rounded())
  }
}
