import Foundation
import Gym
import GymJSON
import GymRandomness

/// Builds a dataset from files of puzzles.
///
/// The resulting bytes depend on the files, the task and the properties below, not on the number of
/// workers or ranks: every rank reads all files and works on its share of the puzzles, and rank 0
/// writes them. Memory does not grow with the files.
public struct DatasetBuilder {
  /// A file or folder, and the split for its puzzles.
  public struct Input: Sendable, Hashable {
    /// The split's name, such as `train`.
    public let split: String
    /// The file or folder to read.
    public let source: PuzzleSource

    /// A source whose puzzles go to a split.
    public init(split: String, _ source: PuzzleSource) {
      self.split = split
      self.source = source
    }
  }

  /// The files, in the order in which they are read within each split.
  public var inputs: [Input]
  /// The number of puzzles to choose from the training files; nil for all. The choice depends on
  /// the seed and the number of puzzles; a smaller choice is a subset of a larger one.
  public var subsample: Int?
  /// The number of variants to add to each training puzzle, and to each held-out puzzle with
  /// demonstrations, since those are trained on.
  public var augmentations = 0
  /// The form of the variants' names; nil for the task's own. Throws for a task whose variants have
  /// no names of their own.
  public var variantNames: VariantNameForm?
  /// The seed of the choice and of the variants.
  public var seed: UInt64 = 0
  /// Whether to solve questions that come with an answer, in order to reject those with several
  /// solutions.
  public var checksUniqueness = true
  /// Whether to leave out invalid puzzles instead of refusing the file.
  public var skipsInvalid = false
  /// Receives notes about the dataset, each a sentence without its full stop: puzzles that occur
  /// twice, different ones with the same name, or what was left out.
  public var note: (String) -> Void = { _ in }

  /// A builder for all puzzles of the files, without variants, with seed 0.
  public init(_ inputs: [Input]) {
    self.inputs = inputs
  }

  /// Writes the dataset to a temporary folder and moves it to `url` when it is complete.
  ///
  /// - Parameters:
  ///   - replaces: whether an existing dataset may be replaced.
  ///   - ranks: the processes that share the work.
  /// - Throws: a `GymError` or `JSONError` that names the file and line, or `CancellationError`;
  ///   nothing is left behind in either case.
  public func build(
    _ task: some Task, to url: URL, replaces: Bool = false, control: WorkControl,
    ranks: Ranks = .alone
  ) throws -> DatasetManifest {
    guard augmentations >= 0 else {
      throw GymError("\(augmentations) augmentations were requested", expected: "0 or more")
    }
    if let subsample {
      guard subsample > 0, inputs.contains(where: { $0.split == "train" }) else {
        throw GymError(
          "\(subsample) training puzzles are to be chosen",
          expected: "1 or more, and files for training")
      }
    }
    var builder = self
    let log = ReadingLog.skippingInvalid(skipsInvalid)
    builder.inputs = try ranks.together { try rereadableInputs(log, ranks) }
    if !ranks.isFirst { builder.note = { _ in } }
    return try builder.buildRereadable(
      task, to: url, replaces: replaces, log: log, control, ranks)
  }

  /// The files as ones that can be read several times, which pipes cannot.
  private func rereadableInputs(_ log: ReadingLog, _ ranks: Ranks) throws -> [Input] {
    var pipes: Set<String> = []
    return try inputs.map { input in
      var source = try input.source.rereadable()
      source.log = log
      guard source.url == input.source.url || !ranks.areSeveral else {
        throw GymError(
          "it is a pipe, which one process alone can read", at: source.path,
          expected: "a file that all ranks see", remedy: "Write what it gives to a file.")
      }
      if source.url != input.source.url, !pipes.insert(source.path).inserted {
        throw GymError(
          "it is named twice, and a pipe can be read only once", at: source.path,
          remedy: "Write what it gives to a file.")
      }
      return Input(split: input.split, source)
    }
  }

  private func buildRereadable(
    _ task: some Task, to url: URL, replaces: Bool, log: ReadingLog, _ control: WorkControl,
    _ ranks: Ranks
  ) throws -> DatasetManifest {
    let splits = Dataset.ordered(Array(Set(inputs.map(\.split))))
    let writer = try ranks.together {
      try ranks.isFirst
        ? DatasetWriter(to: url, subject: TaskSpec(task), splits: splits, replaces: replaces) : nil
    }
    do {
      let ordered = splits.flatMap { split in inputs.filter { $0.split == split } }
      let (census, chosen, files) = try ranks.together { () -> (PuzzleCensus, [Int]?, JSON) in
        let census = try PuzzleCensus(ordered, of: task, control)
        census.notes.forEach(note)
        let chosen = try subsample.map { try choose($0, for: task, census, control.cancellation) }
        return (census, chosen, ranks.areSeveral ? try self.files(for: task) : .null)
      }
      try ranks.agree(on: ["files": files])
      try write(task, splits: splits, chosen: chosen, census, log, to: writer, control, ranks)
      log.notes.forEach(note)
      log.leftOutNote.map(note)
      let manifest = try ranks.together {
        try writer?.finish(origin: origin(for: task, leftOut: log.leftOut))
      }
      if let manifest, !ranks.areSeveral { return manifest }
      let shared = try ranks.shared(bytes: manifest?.json.bytes() ?? [])
      return try DatasetManifest(JSON(parsing: shared), of: url.path)
    } catch {
      try writer?.discard()
      throw error
    }
  }

  /// - Parameter writer: nil on ranks other than 0, which send it what they have made.
  private func write(
    _ task: some Task, splits: [String], chosen: [Int]?, _ census: PuzzleCensus,
    _ log: ReadingLog, to writer: DatasetWriter?, _ control: WorkControl, _ ranks: Ranks
  ) throws {
    var census = census
    let preparation = PuzzlePreparation(task, checksUniqueness: checksUniqueness)
    let variants = try PuzzleVariants(
      task, count: augmentations, seed: seed, names: variantNames)
    let pool = BatchPool()
    var (progress, unknown, leftOut) = (WorkProgress(), 0, [String]())
    var trained = 0
    let (cancellation, cells) = (control.cancellation, task.grid.cells)
    // A rank that is stopped tells the others when it exchanges, not while it reads.
    let reading = ranks.areSeveral ? WorkControl.Cancellation(stop: nil) : cancellation
    let copies = augmentations + 1
    try OrderedWork.run(
      workers: control.workers,
      produce: { submit in
        var turns = RankTurns(ranks)
        let outcome = Result {
          for split in splits {
            // About a megabyte per chunk: larger ones do not fit the caches.
            let size = (1 << 20) / (2 * task.grid.cells * copies)
            var chunker = PuzzleChunker(
              split: split, size: min(256, max(1, size)),
              chosen: split == "train" ? chosen : nil)
            for input in inputs where input.split == split {
              try chunker.read(input.source, task, &census, reading) {
                try turns.take($0, submit)
              }
            }
          }
        }
        try turns.end(submit)
        try outcome.get()
      },
      process: { (chunk: PuzzleChunk) in
        Result {
          var made = PreparedPuzzles(split: chunk.split, pool.take())
          let chunkLog = ReadingLog.skippingInvalid(log.skipsInvalid)
          let examples = chunk.puzzles.reduce(0) {
            $0 + $1.puzzle.demonstrations.count + $1.puzzle.examples.count
          }
          made.training.reserveCapacity(
            min(examples * copies, (32 << 20) / cells), cells: cells)
          for (index, puzzle) in chunk.puzzles {
            try cancellation.check()
            let prepared = try chunkLog.valid {
              try preparation.prepared(
                puzzle, path: chunk.path, mayBeUnknown: chunk.split == "test")
            }
            guard let puzzle = prepared else { continue }
            made.unknown += try puzzle.examples.count { try task.hasUnknownAnswer($0) }
            variants.add(
              puzzle, index: index, split: chunk.split, training: &made.training, held: &made.held)
          }
          made.leftOut = chunkLog.leftOut
          return made
        }
      },
      consume: { made in
        let own = try ranks.together {
          try cancellation.check()
          return try made.get()
        }
        for part in try ranks.collected(own) {
          unknown += part.unknown
          leftOut += part.leftOut
          try writer?.append(part.training, part.held, to: part.split)
          if part.split == "train" { trained += part.training.groups.count }
          progress.puzzles += (part.split == "train" ? part.training : part.held).groups.count
          progress.examples += part.training.count + part.held.count
        }
        pool.give(own.training, own.held)
        control.report(progress)
      })
    leftOut.forEach(log.leaveOut)
    if let chosen, trained < chosen.count {
      note(
        "\(trained) of the \(chosen.count) chosen training puzzles "
          + "\(trained == 1 ? "is" : "are") written: the others are invalid, and not replaced")
    }
    if unknown > 0 {
      note(
        "the right answers to \(unknown) question\(unknown == 1 ? " is" : "s are") not known: agents "
          + "can answer them (`evaluate --submission`), and are not scored on them")
    }
  }

  /// The indices of the chosen training puzzles, in ascending order.
  private func choose(
    _ count: Int, for task: some Task, _ census: PuzzleCensus,
    _ cancellation: WorkControl.Cancellation
  ) throws -> [Int] {
    var census = census
    var subsample = Subsample(count: count, seed: seed)
    for input in inputs where input.split == "train" {
      try task.readPuzzles(from: input.source) { puzzle in
        try cancellation.check()
        if try census.take(puzzle, from: input.source) != nil { subsample.offer() }
      }
    }
    return try subsample.chosen()
  }

  private func files(for task: some Task) throws -> JSON {
    .array(
      try inputs.map { input in
        [
          "split": .string(input.split), "name": .string(input.source.file.lastPathComponent),
          "format": .string(try input.source.format(for: task).rawValue),
          "sha256": .string(try FileDigest.text(of: input.source.url)),
        ]
      })
  }

  private func origin(for task: some Task, leftOut: [String]) throws -> JSON {
    var members: JSONObject = [
      "how": "build", "seed": JSON(seed),
      "subsample": subsample.map { JSON($0) } ?? .null,
      "augment": JSON(augmentations), "files": try files(for: task),
    ]
    if skipsInvalid { members["left-out"] = .array(leftOut.map { .string($0) }) }
    if let variantNames { members["variant-names"] = .string(variantNames.rawValue) }
    return .object(members)
  }
}

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
