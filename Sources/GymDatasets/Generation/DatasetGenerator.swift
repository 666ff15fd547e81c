import Foundation
import Gym
import GymJSON

/// Generates a dataset with a task's own generator.
///
/// Item i of a split is a pure function of the task and its version, its settings, the seed, the
/// split and i; see `ItemGenerator`. Any number of workers, or several processes that each write a
/// shard, therefore produce the same bytes.
public struct DatasetGenerator: Sendable {
  /// The number of puzzles of each split.
  public var counts: [String: Int]
  /// The seed of all randomness.
  public var seed: UInt64
  /// The requirements on each puzzle.
  public var request = GenerationRequest()
  /// The number of variants to add to each training puzzle, and to each held-out puzzle with
  /// demonstrations, since those are trained on.
  public var augmentations = 0
  /// The form of the variants' names; nil for the task's own. Throws for a task whose variants have
  /// no names of their own.
  public var variantNames: VariantNameForm?
  /// Whether puzzles of different splits must never be equivalent; see `SplitAssignment`.
  public var isDisjoint = false
  /// The part to write; nil for all.
  public var shard: Shard?
  /// The seconds between progress records.
  public var recordInterval = 5.0

  /// A generator for a number of puzzles per split, without variants.
  public init(counts: [String: Int], seed: UInt64) {
    self.counts = counts
    self.seed = seed
  }

  /// The folder with an unfinished dataset for `url`.
  public static func unfinished(_ url: URL) -> URL { AtomicDirectory.resumable(for: url) }

  /// Writes the dataset to a temporary folder and moves it to `url` when it is complete.
  ///
  /// If it is stopped or fails, the finished part stays in the folder `unfinished(url)`.
  ///
  /// - Parameters:
  ///   - replaces: whether an existing dataset may be replaced, and an unfinished one dropped.
  ///   - resumes: whether to continue an unfinished dataset with the same parameters.
  /// - Throws: a `GymError` or `CancellationError`.
  public func generate(
    _ task: some Task, to url: URL, replaces: Bool = false, resumes: Bool = false,
    control: WorkControl
  ) throws -> DatasetManifest {
    let ranges = try itemRanges()
    let origin = self.origin
    let generators = try ranges.map {
      try ItemGenerator(task, request: request, seed: seed, split: $0.split, isDisjoint: isDisjoint)
    }
    let subject = TaskSpec(task)
    let writer =
      resumes
      ? try DatasetWriter(resuming: url, subject: subject, origin: origin, replaces: replaces)
      : try DatasetWriter(
        to: url, subject: subject, splits: ranges.map(\.split), replaces: replaces,
        isResumable: true)
    do {
      if !resumes { try writer.recordProgress(origin: origin) }
      try write(generators, of: task, ranges, to: writer, origin: origin, control)
      return try writer.finish(origin: origin)
    } catch {
      try keep(writer, origin: origin)
      throw error
    }
  }

  private func write<PuzzleTask: Task>(
    _ generators: [ItemGenerator<PuzzleTask>], of task: PuzzleTask,
    _ ranges: [(split: String, items: Range<Int>)], to writer: DatasetWriter, origin: JSON,
    _ control: WorkControl
  ) throws {
    let variants = try PuzzleVariants(
      task, count: augmentations, seed: seed, names: variantNames)
    let cancellation = control.cancellation
    var (progress, lastRecord) = (WorkProgress(), Date())
    progress.puzzles = writer.itemCount(ranges)
    progress.total = ranges.reduce(0) { $0 + $1.items.count }
    try OrderedWork.run(
      workers: control.workers,
      produce: { submit in
        for (generator, range) in zip(generators, ranges) {
          var rest = range.items.dropFirst(writer.itemCount(range))
          while !rest.isEmpty {
            try submit(ItemChunk(generator: generator, items: rest.prefix(16)))
            rest = rest.dropFirst(16)
          }
        }
      },
      process: { chunk in
        var (training, held) = (ExampleBatch(), ExampleBatch())
        for item in chunk.items {
          try cancellation.check()
          variants.add(
            try chunk.generator.item(item), index: item, split: chunk.generator.split,
            training: &training, held: &held)
        }
        return (chunk.generator.split, training, held, chunk.items.count)
      },
      consume: { split, training, held, items in
        try cancellation.check()
        try writer.append(training, held, to: split)
        progress.puzzles += items
        progress.examples += training.count + held.count
        control.report(progress)
        if Date().timeIntervalSince(lastRecord) >= recordInterval {
          try writer.recordProgress(origin: origin)
          lastRecord = Date()
        }
      })
  }

  /// Keeps an unfinished dataset to be continued later, or removes it if it is empty.
  private func keep(_ writer: DatasetWriter, origin: JSON) throws {
    guard writer.groupCount > 0 else { return try writer.discard() }
    guard writer.isWhole else { return }
    do {
      try writer.recordProgress(origin: origin)
    } catch {
      // Probably a full disk, which is reported to the caller anyway: the last record remains
      // valid.
    }
  }

  private func itemRanges() throws -> [(split: String, items: Range<Int>)] {
    guard !counts.isEmpty, augmentations >= 0 else {
      throw GymError("no split was requested, or \(augmentations) augmentations")
    }
    return try Dataset.ordered(Array(counts.keys)).map { split in
      let total = counts[split] ?? 0
      guard (shard?.count ?? 1)...Int(Int32.max) ~= total else {
        throw GymError(
          "\(total) puzzles were requested in the split \(split)",
          expected: "\(shard?.count ?? 1)...\(Int32.max)\(shard == nil ? "" : ", one a shard")")
      }
      return (split, shard?.range(of: total) ?? 0..<total)
    }
  }

  /// The parameters, as the dataset's manifest records them.
  var origin: JSON {
    let ordered = Dataset.ordered(Array(counts.keys))
    var members: JSONObject = [
      "how": "generate", "seed": JSON(seed),
      "counts": .object(
        JSONObject(ordered.map { ($0, JSON(counts[$0] ?? 0)) })),
      "rating": request.rating.map(Self.bounds) ?? .null,
      "augment": JSON(augmentations), "disjoint": .bool(isDisjoint),
    ]
    if let variantNames { members["variant-names"] = .string(variantNames.rawValue) }
    if let shard {
      members["shard"] = [JSON(shard.number), JSON(shard.count)]
    }
    return .object(members)
  }

  /// The bounds of an interval as JSON, the greatest finite number in place of infinity.
  private static func bounds(_ interval: ClosedRange<Double>) -> JSON {
    let most = Double.greatestFiniteMagnitude
    let finite = interval.clamped(to: -most...most)
    return [.number(finite.lowerBound), .number(finite.upperBound)]
  }
}

/// Items of one split to be passed to a worker.
private struct ItemChunk<PuzzleTask: Task>: Sendable {
  let generator: ItemGenerator<PuzzleTask>
  let items: Range<Int>
}
