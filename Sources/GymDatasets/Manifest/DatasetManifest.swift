import Foundation
import Gym
import GymJSON

/// The contents and the origin of a dataset, stored in its `manifest.json`.
public struct DatasetManifest: Sendable, Hashable {
  /// The manifest's entry for one split.
  public struct Split: Sendable, Hashable {
    /// The split's name.
    public let name: String
    /// The number of examples, including variants.
    public let examples: Int
    /// The number of puzzles, including variants.
    public let puzzles: Int
    /// The number of groups: original puzzles, each with its variants.
    public let groups: Int
    /// The ratings of the groups' first examples.
    public let ratings: RatingHistogram
    /// The task's counts over the groups' first examples; see `Task.counts`.
    public let counts: CountHistograms
    /// The SHA-256 of the arrays' values; see `ContentHash`.
    public let contentHash: String
  }

  /// The task, its settings and its tokens.
  public let subject: TaskSpec
  /// How the dataset was made: the command's name as `how`, and its parameters (seed, count,
  /// subsample, augment, files with their hashes…).
  public let origin: JSON
  /// The names of the sources; `all__sources.npy` contains indices into them.
  public let sources: [String]
  /// The splits, in the order train, validation, test, others.
  public let splits: [Split]

  /// The task that the puzzles belong to.
  public var task: PluginID { subject.task }

  /// The task's settings, an object.
  public var settings: JSON { subject.settings }

  /// The shape of a question and of an answer.
  public var grid: GridShape { subject.grid }

  /// The manifest's entry for a split.
  public func split(_ name: String) -> Split? { splits.first { $0.name == name } }
}

extension DatasetManifest {
  /// The version of the manifest's layout.
  static let format = 1
  /// The name of the file in the dataset's folder.
  public static let fileName = "manifest.json"

  /// The file's content.
  public var json: JSON {
    [
      "format": JSON(Self.format), "task": .string(subject.task.description),
      "settings": subject.settings,
      "grid": [
        JSON(subject.grid.rows), JSON(subject.grid.columns),
      ],
      "vocabulary": .string(subject.vocabulary), "origin": origin,
      "splits": .object(JSONObject(splits.map { ($0.name, $0.json) })),
      "sources": .array(sources.map { .string($0) }),
    ]
  }

  /// Reads a file.
  ///
  /// - Throws: a `GymError` or `JSONError` that names the file and the invalid member.
  public init(contentsOf url: URL) throws {
    try self.init(JSON(contentsOf: url), of: url.path)
  }

  /// Reads the content of a file.
  ///
  /// - Parameter path: the file, for errors.
  init(_ json: JSON, of path: String) throws {
    func fail(_ name: String, _ expected: String) -> GymError {
      GymError(
        json[name].map { "\(name) is \(Self.shortText($0))" } ?? "\(name) is missing",
        at: path, expected: expected)
    }
    guard json["format"]?.integer == Self.format else {
      throw fail("format", "\(Self.format), the layout that this version reads")
    }
    guard let task = json["task"]?.string.flatMap({ PluginID($0) }) else {
      throw fail("task", "a task's name and version, such as \"sudoku-extreme@1\"")
    }
    guard let settings = json["settings"], settings.object != nil else {
      throw fail("settings", "an object")
    }
    guard let sides = json["grid"]?.array, sides.count == 2, let rows = sides[0].integer,
      let columns = sides[1].integer, rows > 0, columns > 0, rows <= 65_536 / columns
    else { throw fail("grid", "[rows, columns], at most 65536 cells") }
    guard let vocabulary = json["vocabulary"]?.string, (2...255).contains(vocabulary.count),
      Set(vocabulary).count == vocabulary.count
    else { throw fail("vocabulary", "2 to 255 distinct characters") }
    guard let origin = json["origin"], origin.object != nil else {
      throw fail("origin", "an object")
    }
    let names = json["sources"]?.array?.compactMap(\.string)
    guard let names, names.count == json["sources"]?.array?.count else {
      throw fail("sources", "an array of strings")
    }
    guard let splits = json["splits"]?.object else { throw fail("splits", "an object") }
    self.init(
      subject: TaskSpec(
        task: task, settings: settings, grid: GridShape(rows: rows, columns: columns),
        vocabulary: vocabulary),
      origin: origin, sources: names,
      splits: try splits.map { name, json in
        do {
          return try Split(name: name, json)
        } catch let error as GymError {
          throw error.located("\(path): splits.\(name)")
        }
      })
  }

  private static func shortText(_ json: JSON) -> String {
    let text = json.description
    return text.count > 60 ? "\(json.kind) (\(text.prefix(40))…)" : text
  }
}

extension DatasetManifest.Split {
  var json: JSON {
    var members: JSONObject = [
      "examples": JSON(examples), "puzzles": JSON(puzzles),
      "groups": JSON(groups), "ratings": ratings.json,
    ]
    if !counts.bins.isEmpty { members["counts"] = counts.json }
    members["sha256"] = .string(contentHash)
    return .object(members)
  }

  init(name: String, _ json: JSON) throws {
    func count(_ member: String) throws -> Int {
      guard let value = json[member]?.integer, (1...Int(Int32.max)).contains(value) else {
        throw GymError(
          "\(member) is \(json[member]?.description ?? "missing")",
          expected: "an integer in 1...\(Int32.max)")
      }
      return value
    }
    guard let hash = json["sha256"]?.string, let ratings = json["ratings"] else {
      throw GymError("sha256 or ratings is missing", expected: "a string and an object")
    }
    self.init(
      name: name, examples: try count("examples"), puzzles: try count("puzzles"),
      groups: try count("groups"), ratings: try RatingHistogram(ratings),
      counts: try json["counts"].map { try CountHistograms($0) } ?? CountHistograms(),
      contentHash: hash)
  }
}

/// The task of a dataset's puzzles, with its settings and its tokens.
public struct TaskSpec: Sendable, Hashable {
  /// The task that the puzzles belong to.
  public let task: PluginID
  /// The task's settings, an object.
  public let settings: JSON
  /// The shape of a question and of an answer.
  public let grid: GridShape
  /// The tokens' characters, 2 to 255 distinct ones.
  public let vocabulary: String

  /// The description of a task for its datasets.
  public init(_ task: some Task) {
    self.init(
      task: task.id, settings: task.settings.json, grid: task.grid,
      vocabulary: String(task.vocabulary.characters))
  }

  init(task: PluginID, settings: JSON, grid: GridShape, vocabulary: String) {
    self.task = task
    self.settings = settings
    self.grid = grid
    self.vocabulary = vocabulary
  }

  /// The description in the form of a progress record.
  var json: JSON {
    [
      "task": .string(task.description), "settings": settings,
      "grid": [JSON(grid.rows), JSON(grid.columns)], "vocabulary": .string(vocabulary),
    ]
  }
}
