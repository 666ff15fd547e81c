import Foundation
import Gym
import JSON

/// Writes a dataset aside, batch after batch, and puts it in its place at the end.
final class DatasetWriter {
  private let subject: DatasetSubject
  private let folder: PendingFolder
  private var splits: [SplitWriter] = []
  private var sources: SourceTable
  private var identifiers: [String]
  private var identifierNumbers: [String: Int32]
  private static let progressName = "progress.json"

  /// Begins a dataset. `replaces` allows a dataset at `url` to be replaced at the end.
  ///
  /// - Parameters:
  ///   - identifiers: names that have their numbers already; the first stands for none.
  ///   - isResumable: whether the folder is left where a later attempt finds it.
  init(
    to url: URL, subject: DatasetSubject, splits: [String], replaces: Bool,
    identifiers: [String] = ["<blank>"], isResumable: Bool = false
  ) throws {
    self.subject = subject
    self.identifiers = identifiers
    identifierNumbers = Dictionary(
      zip(identifiers.dropFirst(), 1...Int32.max), uniquingKeysWith: { first, _ in first })
    sources = SourceTable()
    folder = try PendingFolder(for: url, replaces: replaces, isResumable ? .resumable : .fresh)
    do {
      for name in splits { _ = try begin(name) }
    } catch {
      try folder.discard()
      throw error
    }
  }

  /// Goes on with an unfinished dataset, whose record must have been made with the same `origin`.
  init(resuming url: URL, subject: DatasetSubject, origin: JSON, replaces: Bool) throws {
    self.subject = subject
    // Generated puzzles have no identity of their own.
    (identifiers, identifierNumbers) = (["<blank>"], [:])
    folder = try PendingFolder(for: url, replaces: replaces, .resuming)
    let file = folder.url.appendingPathComponent(Self.progressName)
    let record = try JSON(contentsOf: file)
    guard record["origin"] == origin else {
      throw GymError(
        "the unfinished dataset was begun with \(record["origin"] ?? .null)", at: file.path,
        expected: origin.description,
        remedy: "Repeat the command that began it, or begin anew with --force.")
    }
    sources = SourceTable(record["sources"]?.array?.compactMap(\.string) ?? [])
    splits = try (record["splits"]?.object ?? [:]).map { name, extent in
      try SplitWriter(
        folder.url.appendingPathComponent(name), cells: subject.grid.cells,
        resumingAt: SplitExtent(extent))
    }
  }

  /// The number of groups so far.
  var groupCount: Int { splits.reduce(0) { $0 + $1.extent.groups } }

  /// The number of groups that a split has so far.
  func groupCount(of split: String) -> Int {
    splits.first { $0.name == split }?.extent.groups ?? 0
  }

  /// Appends a batch to a split, which is begun where there is none of that name.
  func append(_ batch: ExampleBatch, to split: String) throws {
    guard batch.count > 0 else { return }
    let writer = try splits.first { $0.name == split } ?? begin(split)
    try writer.append(batch, identifier: number(of:), source: { try sources.number(of: $0) })
  }

  /// Records how far the dataset is, so that it can be gone on with from here.
  func recordProgress(origin: JSON) throws {
    for split in splits { try split.synchronize() }
    let record: JSON = [
      "origin": origin, "sources": .array(sources.names.map { .string($0) }),
      "splits": .object(JSONObject(splits.map { ($0.name, $0.extent.json) })),
    ]
    try record.write(to: folder.url.appendingPathComponent(Self.progressName))
  }

  /// Completes the dataset and puts it in its place.
  func finish(origin: JSON) throws -> DatasetManifest {
    let keepsSources = sources.names.contains { !$0.isEmpty }
    let manifest = DatasetManifest(
      subject: subject, origin: origin, sources: keepsSources ? sources.names : [],
      splits: try DatasetFolder.ordered(splits.map(\.name)).compactMap { name in
        try splits.first { $0.name == name }?.finish(
          vocabularyCount: subject.vocabulary.count, identifierCount: identifiers.count,
          keepsSources: keepsSources)
      })
    try JSON.array(identifiers.map { .string($0) })
      .write(to: folder.url.appendingPathComponent("identifiers.json"))
    try manifest.json.write(to: folder.url.appendingPathComponent(DatasetManifest.fileName))
    let progress = folder.url.appendingPathComponent(Self.progressName)
    if FileManager.default.isOccupied(progress) { try FileManager.default.remove(progress) }
    try folder.finish()
    return manifest
  }

  /// Removes what was written, unless it is finished.
  func discard() throws { try folder.discard() }

  private func begin(_ name: String) throws -> SplitWriter {
    guard DatasetFolder.isPlainName(name) else {
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
