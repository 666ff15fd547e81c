import Foundation
import Gym
import JSON

/// Merges datasets of the same task: each split consists of the parts' splits of the same name, in
/// the order of the parts.
///
/// Shards of one generation, named in any order, give exactly the folder that a generation in one
/// piece writes.
public struct DatasetMerger: Sendable {
  private let parts: [Dataset]
  private let subject: TaskSpec
  private let origin: JSON
  private let identities: MergedIdentities

  /// Notes for the user, each a sentence without its full stop: puzzles that are in several parts,
  /// or different ones with the same name.
  public var notes: [String] { identities.notes }

  /// - Parameter task: the parts' task, which recognizes equal puzzles wherever their grids are on
  ///   the canvas; nil to compare them literally.
  /// - Throws: a `GymError` if the parts do not fit together, or shards are missing.
  public init(_ parts: [Dataset], task: (any Task)? = nil) throws {
    guard let first = parts.first else { throw GymError("there is nothing to merge") }
    let manifests = try parts.map { part in
      guard let manifest = part.manifest else {
        throw GymError(
          "the folder has no \(DatasetManifest.fileName)", at: part.url.path,
          expected: "datasets that this program wrote",
          remedy: "`reasongym dataset convert` gives it one.")
      }
      return manifest
    }
    subject = manifests[0].subject
    for (part, manifest) in zip(parts, manifests) where manifest.subject != subject {
      throw GymError(
        "the dataset is of \(manifest.task) with settings \(manifest.settings)",
        at: part.url.path,
        expected: "\(subject.task) with settings \(subject.settings), as in \(first.url.path)")
    }
    if let (order, whole) = try Self.shards(manifests) {
      self.parts = order.map { parts[$0] }
      origin = whole
    } else {
      self.parts = parts
      origin = ["how": "merge", "parts": .array(manifests.map(\.origin))]
    }
    identities = try MergedIdentities(self.parts, of: task)
  }

  /// Writes the merged dataset.
  public func merge(
    to url: URL, replaces: Bool = false, control: WorkControl
  ) throws -> DatasetManifest {
    let names = Dataset.ordered(Array(Set(parts.flatMap { $0.splits.map(\.name) })))
    let writer = try DatasetWriter(to: url, subject: subject, splits: names, replaces: replaces)
    return try writer.completing {
      var progress = WorkProgress()
      for name in names {
        let layers = parts.map { $0.layers(of: name) }
        for layer in 0..<(layers.map(\.count).max() ?? 0) {
          for (number, part) in parts.enumerated() where layer < layers[number].count {
            let groups = identities.groups(layers[number][layer], of: number, split: name)
            for run in groups where !run.isEmpty {
              try writer.copy(
                part.split(name), groups: run, identifiers: identities.names[number],
                &progress, control)
            }
          }
        }
        for part in parts {
          if let counts = part.manifest?.split(name)?.counts { writer.add(counts, to: name) }
        }
      }
      return origin
    }
  }

  /// If all parts are shards of one generation: their order, and the origin of the whole.
  private static func shards(_ manifests: [DatasetManifest]) throws -> ([Int], JSON)? {
    var (numbers, wholes, counts) = ([Int](), Set<JSON>(), Set<Int>())
    for manifest in manifests {
      guard var origin = manifest.origin.object,
        let shard = origin["shard"]?.array?.compactMap(\.integer), shard.count == 2
      else { return nil }
      origin["shard"] = nil
      wholes.insert(.object(origin))
      numbers.append(shard[0])
      counts.insert(shard[1])
    }
    guard wholes.count == 1, counts.count == 1, let whole = wholes.first, let count = counts.first
    else { return nil }
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    guard order.map({ numbers[$0] }) == Array(1...max(1, count)) else {
      throw GymError(
        "the shards are \(numbers.sorted().map(String.init).joined(separator: ", ")) of \(count)",
        expected: "each of 1...\(count) once")
    }
    return (order, whole)
  }
}
