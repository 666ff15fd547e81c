import Foundation
import Gym
import GymJSON

/// Writes the arrays of one split.
final class SplitWriter {
  let name: String
  private let url: URL
  private let cells: Int
  private let inputs, labels, identifiers, puzzleEnds, groupEnds: NpyWriter
  private let ratings, sources, demonstrations: NpyWriter
  private(set) var extent: SplitProgress

  /// Creates the split's folder, or opens it to continue after `extent`.
  init(_ url: URL, cells: Int, resumingAt extent: SplitProgress? = nil) throws {
    name = url.lastPathComponent
    (self.url, self.cells) = (url, cells)
    self.extent = extent ?? SplitProgress()
    if extent == nil { try FileSystem.createNew(url) }
    func writer(
      _ name: String, _ element: NpyElement, columns: Int? = nil, resumed: Int?
    ) throws -> NpyWriter {
      let file = url.appendingPathComponent("all__\(name).npy")
      // Arrays without information are left out at the end, which an interruption may follow.
      if let resumed, Self.mayBeLeftOut.contains(name), !FileSystem.isOccupied(file) {
        let writer = try NpyWriter(file, element)
        try writer.appendNothing(count: resumed)
        return writer
      }
      if let resumed {
        return try NpyWriter(resuming: file, element, columns: columns, count: resumed)
      }
      return try NpyWriter(file, element, columns: columns)
    }
    let tokens = extent.map { $0.examples * cells }
    inputs = try writer("inputs", .uint8, columns: cells, resumed: tokens)
    labels = try writer("labels", .uint8, columns: cells, resumed: tokens)
    identifiers = try writer("puzzle_identifiers", .int32, resumed: extent?.puzzles)
    puzzleEnds = try writer("puzzle_indices", .int32, resumed: extent.map { $0.puzzles + 1 })
    groupEnds = try writer("group_indices", .int32, resumed: extent.map { $0.groups + 1 })
    ratings = try writer("ratings", .float32, resumed: extent?.examples)
    sources = try writer("sources", .uint16, resumed: extent?.examples)
    demonstrations = try writer("demonstrations", .int32, resumed: extent?.puzzles)
    guard extent == nil else { return }
    try puzzleEnds.append([Int32(0)])
    try groupEnds.append([Int32(0)])
  }

  /// Appends a batch. `identifier` numbers puzzle names, `source` source names.
  func append(
    _ batch: ExampleBatch, identifier: (String) throws -> Int32,
    source: (String) throws -> UInt16
  ) throws {
    guard extent.examples + batch.count <= Int(Int32.max) else {
      throw GymError(
        "the split \(name) has more than \(Int32.max) examples",
        remedy: "The folder layout counts in 32 bits: make several datasets.")
    }
    // Puzzles are checked before; variants come from the task as they are.
    guard batch.questions.count == batch.count * cells, batch.labels.count == batch.count * cells
    else {
      throw GymError(
        "the task made a variant of another size", at: url.path,
        expected: "\(cells) tokens for a question and its answer",
        remedy: "This is a fault of the task: report it.")
    }
    try inputs.append(batch.questions)
    try labels.append(batch.labels)
    try ratings.append(batch.ratings)
    try sources.append(
      batch.sources.flatMap { Array(repeating: try source($0.name), count: $0.count) })
    try identifiers.append(batch.puzzles.map { try $0.name.map(identifier) ?? 0 })
    try demonstrations.append(batch.puzzles.map { Int32($0.demonstrations) })
    if batch.puzzles.contains(where: { $0.demonstrations > 0 }) {
      extent.hasDemonstrations = true
    }
    extent.counts.add(batch.counts)

    var (firstExamples, next, puzzle) = ([Int](), 0, 0)
    for count in batch.groups {
      firstExamples.append(next)
      for _ in 0..<count {
        next += batch.puzzles[puzzle].examples
        puzzle += 1
      }
    }
    for first in firstExamples { extent.ratings.add(Double(batch.ratings[first])) }
    if !extent.hasRatings { extent.hasRatings = batch.ratings.contains { !$0.isNaN } }

    try puzzleEnds.append(
      batch.puzzles.map { puzzle -> Int32 in
        extent.examples += puzzle.examples
        return Int32(extent.examples)
      })
    extent.puzzles += batch.puzzles.count
    var end = extent.puzzles - batch.puzzles.count
    try groupEnds.append(
      batch.groups.map { count -> Int32 in
        end += count
        return Int32(end)
      })
    extent.groups += batch.groups.count
  }

  /// Adds another split's counts of groups that were copied from it.
  func add(_ counts: CountHistograms) { extent.counts.add(counts) }

  /// Waits until everything appended is on the disk.
  func synchronize() throws {
    for writer in [
      inputs, labels, identifiers, puzzleEnds, groupEnds, ratings, sources, demonstrations,
    ] { try writer.synchronize() }
  }

  /// Finishes the arrays and writes `dataset.json`.
  func finish(
    vocabularyCount: Int, identifierCount: Int, keepsSources: Bool
  ) throws -> DatasetManifest.Split {
    guard extent.examples > 0 else {
      throw GymError("the split \(name) has no examples", expected: "one or more")
    }
    let parts = try [inputs, labels, identifiers, puzzleEnds, groupEnds].map { try $0.finish() }
    _ = try ratings.finish()
    _ = try sources.finish()
    _ = try demonstrations.finish()
    // Arrays without information are left out.
    if !extent.hasRatings { try remove("ratings") }
    if !keepsSources { try remove("sources") }
    if !extent.hasDemonstrations { try remove("demonstrations") }
    let header = SplitHeader(
      cells: cells, vocabularyCount: vocabularyCount, identifierCount: identifierCount,
      groupCount: extent.groups,
      meanPuzzleExamples: Double(extent.examples) / Double(extent.puzzles))
    try header.json.write(to: url.appendingPathComponent("dataset.json"))
    return try DatasetManifest.Split(
      name: name, examples: extent.examples, puzzles: extent.puzzles, groups: extent.groups,
      ratings: extent.ratings, counts: extent.counts, contentHash: ContentHash.text(parts))
  }

  private static let mayBeLeftOut: Set = ["ratings", "sources", "demonstrations"]

  private func remove(_ array: String) throws {
    try FileSystem.remove(url.appendingPathComponent("all__\(array).npy"))
  }
}

/// The size of a split so far, and the statistics about it.
struct SplitProgress: Sendable, Hashable {
  var examples = 0
  var puzzles = 0
  var groups = 0
  /// The ratings of the groups' first examples.
  var ratings = RatingHistogram()
  /// The task's counts over the groups' first examples.
  var counts = CountHistograms()
  /// Whether any example has a rating.
  var hasRatings = false
  /// Whether any puzzle has demonstrations.
  var hasDemonstrations = false

  init() {}

  /// The extent in the form of a progress record.
  var json: JSON {
    [
      "examples": JSON(examples), "puzzles": JSON(puzzles),
      "groups": JSON(groups), "ratings": ratings.json,
      "counts": counts.json, "has-ratings": .bool(hasRatings),
      "has-demonstrations": .bool(hasDemonstrations),
    ]
  }

  /// Reads what `json` wrote.
  init(_ json: JSON) throws {
    func count(_ name: String) throws -> Int {
      guard let count = json[name]?.integer, (0...Int(Int32.max)).contains(count) else {
        throw GymError("\(name) is not a count", expected: "an integer in 0...\(Int32.max)")
      }
      return count
    }
    examples = try count("examples")
    puzzles = try count("puzzles")
    groups = try count("groups")
    ratings = try RatingHistogram(json["ratings"] ?? .null)
    counts = try CountHistograms(json["counts"] ?? .null)
    hasRatings = json["has-ratings"]?.bool ?? false
    hasDemonstrations = json["has-demonstrations"]?.bool ?? false
  }
}
