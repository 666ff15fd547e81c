import Foundation
import Gym
import GymJSON

/// Writes a dataset batch by batch to a temporary folder, and moves it into place at the end.
final class DatasetWriter {
  private let subject: TaskSpec
  private let folder: AtomicDirectory
  private var splits: [SplitWriter] = []
  private var sources: SourceTable
  private var identifiers: [String]
  private var identifierNumbers: [String: Int32]
  private static let progressName = "progress.json"
  /// Whether every puzzle written so far is in all the splits that it belongs to.
  private(set) var isWhole = true

  /// Starts a dataset. `replaces` allows an existing dataset at `url` to be replaced at the end.
  ///
  /// - Parameters:
  ///   - identifiers: names that already have numbers; the first is for puzzles without identity.
  ///   - keys: the batches' keys for those identifiers, in case two have the same name; nil for
  ///     their names.
  ///   - isResumable: whether the temporary folder is where a later attempt can find it.
  init(
    to url: URL, subject: TaskSpec, splits: [String], replaces: Bool,
    identifiers: [String] = ["<blank>"], keys: [String]? = nil, isResumable: Bool = false
  ) throws {
    self.subject = subject
    self.identifiers = identifiers
    identifierNumbers = Dictionary(
      zip((keys ?? identifiers).dropFirst(), 1...Int32.max),
      uniquingKeysWith: { first, _ in first })
    sources = SourceTable()
    folder = try AtomicDirectory(for: url, replaces: replaces, isResumable ? .resumable : .fresh)
    do {
      for name in splits { _ = try begin(name) }
    } catch {
      try folder.discard()
      throw error
    }
  }

  /// Continues an unfinished dataset, whose record must have the same `origin` and, unless it is of
  /// a version that did not record it, the same `subject`.
  init(resuming url: URL, subject: TaskSpec, origin: JSON, replaces: Bool) throws {
    self.subject = subject
    folder = try AtomicDirectory(for: url, replaces: replaces, .resuming)
    let file = folder.url.appendingPathComponent(Self.progressName)
    let record = try JSON(contentsOf: file)
    guard record["origin"] == origin else {
      throw GymError(
        "the unfinished dataset was begun with \(record["origin"] ?? .null)", at: file.path,
        expected: origin.description,
        remedy: "Repeat the command that began it, or begin anew with --force.")
    }
    if let begun = record["subject"], begun != subject.json {
      throw GymError(
        "the unfinished dataset was begun with the task \(begun)", at: file.path,
        expected: subject.json.description,
        remedy: "Repeat the command that began it, or begin anew with --force.")
    }
    identifiers = record["identifiers"]?.array?.compactMap(\.string) ?? ["<blank>"]
    identifierNumbers = Dictionary(
      zip(identifiers.dropFirst(), 1...Int32.max), uniquingKeysWith: { first, _ in first })
    sources = SourceTable(record["sources"]?.array?.compactMap(\.string) ?? [])
    splits = try (record["splits"]?.object ?? [:]).map { name, extent in
      try SplitWriter(
        folder.url.appendingPathComponent(name), cells: subject.grid.cells,
        resumingAt: SplitProgress(extent))
    }
    // A split that was begun after the last record is begun anew.
    for name in try FileSystem.names(in: folder.url)
    where Dataset.isPlainName(name) && !splits.contains(where: { $0.name == name }) {
      try FileSystem.remove(folder.url.appendingPathComponent(name))
    }
  }

  /// The number of groups so far.
  var groupCount: Int { splits.reduce(0) { $0 + $1.extent.groups } }

  /// The number of a split's own items so far; the training split may have further groups, the
  /// demonstrations of held-out ones.
  func itemCount(_ range: (split: String, items: Range<Int>)) -> Int {
    min(range.items.count, splits.first { $0.name == range.split }?.extent.groups ?? 0)
  }

  /// The number of items of several splits so far.
  func itemCount(_ ranges: [(split: String, items: Range<Int>)]) -> Int {
    ranges.reduce(0) { $0 + itemCount($1) }
  }

  /// Appends a batch to a split, and starts the split if necessary.
  func append(_ batch: ExampleBatch, to split: String) throws {
    guard batch.count > 0 else { return }
    let writer = try splits.first { $0.name == split } ?? begin(split)
    try writer.append(batch, identifier: number(of:), source: { try sources.number(of: $0) })
  }

  /// Appends puzzles of a split: the examples to train on, and those held out.
  func append(_ training: ExampleBatch, _ held: ExampleBatch, to split: String) throws {
    isWhole = false
    try append(training, to: "train")
    try append(held, to: split)
    isWhole = true
  }

  /// Adds another dataset's counts of puzzles that were copied from it.
  func add(_ counts: CountHistograms, to split: String) {
    splits.first { $0.name == split }?.add(counts)
  }

  /// Records the progress of the dataset, so that it can be continued from here.
  func recordProgress(origin: JSON) throws {
    for split in splits { try split.synchronize() }
    let record: JSON = [
      "origin": origin, "subject": subject.json,
      "sources": .array(sources.names.map { .string($0) }),
      "identifiers": .array(identifiers.map { .string($0) }),
      "splits": .object(JSONObject(splits.map { ($0.name, $0.extent.json) })),
    ]
    try record.write(to: folder.url.appendingPathComponent(Self.progressName))
  }

  /// Completes the dataset and moves it into place.
  func finish(origin: JSON) throws -> DatasetManifest {
    let keepsSources = sources.names.contains { !$0.isEmpty }
    let manifest = DatasetManifest(
      subject: subject, origin: origin, sources: keepsSources ? sources.names : [],
      splits: try Dataset.ordered(splits.map(\.name)).compactMap { name in
        try splits.first { $0.name == name }?.finish(
          vocabularyCount: subject.vocabulary.count, identifierCount: identifiers.count,
          keepsSources: keepsSources)
      })
    try JSON.array(identifiers.map { .string($0) })
      .write(to: folder.url.appendingPathComponent("identifiers.json"))
    try manifest.json.write(to: folder.url.appendingPathComponent(DatasetManifest.fileName))
    let moved = Result { try folder.finish() }
    // Only now, so that a failure before the move can be continued; the move itself may be done,
    // and only its way to the disk have failed.
    if !FileSystem.isOccupied(folder.url) {
      try FileSystem.remove(folder.target.appendingPathComponent(Self.progressName))
    }
    try moved.get()
    return manifest
  }

  /// Removes everything written, unless it is finished.
  func discard() throws { try folder.discard() }

  private func begin(_ name: String) throws -> SplitWriter {
    guard Dataset.isPlainName(name) else {
      throw GymError(
        "a split is called \(String(reflecting: name))",
        expected: "1 to 64 letters, digits, - and _")
    }
    let split = try SplitWriter(
      folder.url.appendingPathComponent(name), cells: subject.grid.cells)
    splits.append(split)
    return split
  }

  private func number(of name: String) throws -> Int32 {
    if let number = identifierNumbers[name] { return number }
    guard let number = Int32(exactly: identifiers.count) else {
      throw GymError("there are more than \(Int32.max) puzzle identifiers")
    }
    identifiers.append(name)
    identifierNumbers[name] = number
    return number
  }
}

extension DatasetWriter {
  /// Appends a split of another dataset, or some of its groups, to the split of the same name.
  func copy(
    _ split: DatasetSplit, groups: Range<Int>? = nil, identifiers: [String],
    _ progress: inout WorkProgress, _ control: WorkControl
  ) throws {
    for run in split.runs(of: groups ?? 0..<split.groups.count) {
      try control.cancellation.check()
      let batch = try split.exampleBatch(groups: run, identifiers: identifiers)
      try append(batch, to: split.name)
      progress.puzzles += run.count
      progress.examples += batch.count
      control.report(progress)
    }
  }

  /// Runs `write`, which returns the dataset's origin, and completes the dataset; removes it if
  /// that fails.
  func completing(_ write: () throws -> JSON) throws -> DatasetManifest {
    do {
      return try finish(origin: try write())
    } catch {
      try discard()
      throw error
    }
  }
}

/// The names of sources, numbered in order of first appearance.
struct SourceTable {
  private(set) var names: [String]
  private var numbers: [String: UInt16]

  init(_ names: [String] = []) {
    self.names = names
    numbers = Dictionary(zip(names, 0...UInt16.max), uniquingKeysWith: { first, _ in first })
  }

  /// The number of a name; a new one if it has none yet.
  mutating func number(of name: String) throws -> UInt16 {
    if let number = numbers[name] { return number }
    guard let number = UInt16(exactly: names.count) else {
      throw GymError(
        "there are more than 65536 different sources",
        expected: "names of collections, which many puzzles share",
        remedy: "Leave the column \"source\" out.")
    }
    names.append(name)
    numbers[name] = number
    return number
  }
}
