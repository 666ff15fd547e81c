import Foundation
import Gym
import GymJSON

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
    var seen: Set<String> = []
    for part in parts where part.identifierCount == 1 {
      let path = part.url.resolvingSymlinksInPath().standardizedFileURL.path
      guard seen.insert(path).inserted else {
        throw GymError(
          "the folder is named twice, and its puzzles have no names to tell them by",
          at: part.url.path, expected: "different datasets")
      }
    }
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

/// The names of the puzzles of several datasets in the merged one, chosen so that no two different
/// puzzles share an identifier.
struct MergedIdentities {
  /// A dataset's original puzzle: its part, and its identifier there.
  private struct Owner: Hashable {
    let part: Int
    let identifier: Int32
  }

  /// A group of a split of a part.
  private struct Place {
    let split: DatasetSplit
    let group: Int
  }

  private let parts: [Dataset]
  private let task: (any Task)?
  /// The names of each part's identifiers.
  private(set) var names: [[String]]
  /// The groups of each part, by split, that an earlier part also contains.
  private var repeated: [[String: Set<Int>]]
  /// Notes for the user, each a sentence without its full stop.
  private(set) var notes: [String] = []

  /// - Throws: a `GymError` if two different puzzles of one part have the same name, or the parts'
  ///   folders do not tell them apart.
  init(_ parts: [Dataset], of task: (any Task)?) throws {
    (self.parts, self.task) = (parts, task)
    names = parts.map(\.identifierNames)
    repeated = Array(repeating: [:], count: parts.count)
    let places = Self.places(of: parts)
    var owners: [String: [Owner]] = [:]
    for owner in places.keys {
      owners[names[owner.part][Int(owner.identifier)], default: []].append(owner)
    }
    let shared = owners.filter { $1.count > 1 }
    guard !shared.isEmpty else { return }
    let contents = try self.contents(of: Set(shared.values.joined()))
    var (renamed, twice) = ([String](), 0)
    for (name, all) in shared.sorted(by: { $0.key < $1.key }) {
      let ordered = all.sorted { ($0.part, $0.identifier) < ($1.part, $1.identifier) }
      var classes: [[Owner]] = []
      for owner in ordered {
        let same = classes.firstIndex { contents[$0[0]] == contents[owner] }
        if let same { classes[same].append(owner) } else { classes.append([owner]) }
      }
      if classes.count > 1 {
        let prefixes = try prefixes(of: classes.map { $0[0] }, called: name)
        renamed.append(
          "\(String(reflecting: name)), now "
            + prefixes.map { "\($0)/\(name)" }.joined(separator: " and "))
        for (members, prefix) in zip(classes, prefixes) {
          for owner in members { rename(places[owner] ?? [], of: owner.part, prefix) }
        }
      }
      for members in classes {
        for later in members.dropFirst() where members[0].part != later.part {
          twice += try skip(places[later] ?? [], of: later.part, as: places[members[0]] ?? [])
        }
      }
    }
    if let first = renamed.first {
      notes.append(
        "different puzzles have one name (\(renamed.count) name\(renamed.count == 1 ? "" : "s")): "
          + "they are kept apart by their datasets; the first is \(first)")
    }
    if twice > 0 {
      notes.append(
        "\(twice) group\(twice == 1 ? " of puzzles stands" : "s of puzzles stand") in several of "
          + "the datasets with equal content and count\(twice == 1 ? "s" : "") once")
    }
  }

  /// The runs of a range of a part's groups that no earlier part contains.
  func groups(_ range: Range<Int>, of part: Int, split: String) -> [Range<Int>] {
    guard let skipped = repeated[part][split], !skipped.isEmpty else { return [range] }
    var (runs, start) = ([Range<Int>](), range.lowerBound)
    for group in range where skipped.contains(group) {
      if start < group { runs.append(start..<group) }
      start = group + 1
    }
    if start < range.upperBound { runs.append(start..<range.upperBound) }
    return runs
  }

  /// The groups that begin with each named puzzle.
  private static func places(of parts: [Dataset]) -> [Owner: [Place]] {
    var places: [Owner: [Place]] = [:]
    for (number, part) in parts.enumerated() where part.identifierCount > 1 {
      for split in part.splits {
        for group in 0..<split.groups.count {
          let identifier = split.identifier(ofPuzzle: split.groups[group].lowerBound)
          guard identifier != 0 else { continue }
          places[Owner(part: number, identifier: identifier), default: []]
            .append(Place(split: split, group: group))
        }
      }
    }
    return places
  }

  /// All examples that a part has under each identifier, whatever the split.
  private func contents(of owners: Set<Owner>) throws -> [Owner: Set<Fingerprint>] {
    var contents: [Owner: Set<Fingerprint>] = [:]
    for (number, part) in parts.enumerated() {
      for split in part.splits {
        for puzzle in 0..<split.puzzles.count {
          let owner = Owner(part: number, identifier: split.identifier(ofPuzzle: puzzle))
          guard owners.contains(owner) else { continue }
          for example in split.puzzles[puzzle] {
            contents[owner, default: []]
              .insert(try PuzzleContent.fingerprint(split.example(example), of: task))
          }
        }
      }
    }
    return contents
  }

  /// The prefixes that distinguish datasets with puzzles of the same name: the ends of their paths.
  private func prefixes(of owners: [Owner], called name: String) throws -> [String] {
    let homes = owners.map { owner in
      parts[owner.part].url.standardizedFileURL.pathComponents.filter { $0 != "/" }
    }
    guard let names = QualifiedName.names(name, in: homes) else {
      let first = owners.first { owner in owners.contains { $0 != owner && $0.part == owner.part } }
      throw GymError(
        "two different puzzles are called \(String(reflecting: name)): identifiers "
          + owners.map { "\($0.identifier)" }.joined(separator: " and "),
        at: parts[(first ?? owners[0]).part].url.path, expected: "a name for each puzzle",
        remedy: "Build the dataset anew from its files: `dataset build` keeps them apart.")
    }
    return names.map { String($0.dropLast(name.count + 1)) }
  }

  /// Puts a prefix before the names of a puzzle and its variants.
  private mutating func rename(_ places: [Place], of part: Int, _ prefix: String) {
    let identifiers = Set(
      places.flatMap { place in
        place.split.groups[place.group].map { place.split.identifier(ofPuzzle: $0) }
      })
    for identifier in identifiers where identifier != 0 {
      names[part][Int(identifier)] = "\(prefix)/\(names[part][Int(identifier)])"
    }
  }

  /// Leaves out groups that an earlier part has in the same split, puzzle by puzzle.
  ///
  /// - Returns: the number of such groups.
  private mutating func skip(
    _ places: [Place], of part: Int, as earlier: [Place]
  ) throws -> Int {
    var count = 0
    for place in places {
      // Counts are added up as the parts state them, so then no group may be left out.
      let counts = parts[part].manifest?.split(place.split.name)?.counts
      guard counts == nil || counts == CountHistograms() else { continue }
      let own = try signature(of: place)
      if try earlier.contains(where: {
        try $0.split.name == place.split.name && signature(of: $0) == own
      }) {
        repeated[part][place.split.name, default: []].insert(place.group)
        count += 1
      }
    }
    return count
  }

  /// The examples of each puzzle of a group.
  private func signature(of place: Place) throws -> [[Fingerprint]] {
    try place.split.groups[place.group].map { puzzle in
      try place.split.puzzles[puzzle].map {
        try PuzzleContent.fingerprint(place.split.example($0), of: task)
      }
    }
  }
}
