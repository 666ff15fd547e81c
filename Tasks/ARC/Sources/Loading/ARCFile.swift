import Foundation
import Gym

/// A file of ARC tasks: one task or several, or a Kaggle challenges file.
public struct ARCFile: Sendable, Hashable {
  /// The path of the file.
  public let url: URL
  /// Its name in messages.
  let path: String

  /// The file at a place, unread.
  ///
  /// - Parameter path: what messages call it; nil for its own path.
  public init(_ url: URL, path: String? = nil) {
    (self.url, self.path) = (url, path ?? url.path)
  }

  /// The endings of a challenges file's name, each with that of the solutions file beside it; some
  /// copies of the competition's files have a hyphen.
  private static let endings = [
    (challenges: "_challenges.json", solutions: "_solutions.json"),
    (challenges: "-challenges.json", solutions: "-solutions.json"),
  ]
  /// Parts that are not read may be deep; files of a thousand tasks have 7 MB, RE-ARC's 400 more.
  static let limits = JSON.Limits(depth: 128, bytes: 256 << 20)

  /// The file's name without what says that it is packed.
  private var name: String { Self.unpacked(URL(fileURLWithPath: path).lastPathComponent) }
  /// The beginning of a challenges file's name, and the name of the solutions file;
  /// nil of any other file.
  private var challenges: (collection: String, solutions: String)? {
    guard let ending = Self.endings.first(where: { name.hasSuffix($0.challenges) }) else {
      return nil
    }
    let collection = String(name.dropLast(ending.challenges.count))
    return (collection, collection + ending.solutions)
  }
  var isChallenges: Bool { challenges != nil }
  var isSolutions: Bool { Self.endings.contains { name.hasSuffix($0.solutions) } }
  /// Whether it may hold tasks: its name ends in `.json`, packed or not.
  var isJSON: Bool { name.lowercased().hasSuffix(".json") }
  /// Whether it is a form for a competition's answers.
  var isSampleSubmission: Bool { name == "sample_submission.json" }

  /// The name without its ending.
  var stem: String {
    [".json", ".jsonl", ".ndjson"].first(where: name.lowercased().hasSuffix)
      .map { String(name.dropLast($0.count)) } ?? name
  }

  private static func unpacked(_ name: String) -> String {
    name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// The collection's name: the beginning of a challenges file's name, otherwise the folder's name.
  public var collection: String {
    challenges?.collection
      ?? URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
  }

  /// The file's tasks, in order, each with the section that it stands in, but for those that are
  /// left out.
  ///
  /// - Parameter isInFolder: whether the file stands among others, of which some may be no tasks.
  func tasks(
    _ log: ReadingLog, isInFolder: Bool
  ) throws -> [(task: ARCTask, section: String?)] {
    guard !isSolutions else {
      throw GymError(
        "a solutions file is not read by itself", at: path,
        remedy: "Name the file beside it that ends in challenges.json.")
    }
    let found = try log.valid { () throws -> [(task: ARCTask, section: String?)] in
      let json = try Self.json(at: url, name: path)
      if isInFolder, ARCContainer.holdsNone(json) {
        log.note("\(path) holds no task and is passed over")
        return []
      }
      let solutions = try challenges.flatMap { try self.solutions(named: $0.solutions) }
      return try Self.tasks(json, name: stem, path: path, solutions: solutions, log)
    }
    return found ?? []
  }

  /// The tasks of a value, such as a line of JSON lines.
  static func tasks(
    _ json: JSON, name: String, path: String,
    solutions: (path: String, answers: JSONObject)? = nil, _ log: ReadingLog
  ) throws -> [(task: ARCTask, section: String?)] {
    var tasks: [(task: ARCTask, section: String?)] = []
    for entry in try ARCContainer(json, name: name, path: path).entries {
      let task = try log.valid { () throws -> ARCTask in
        let answers = try solutions.map { try Self.answers(to: entry.name, in: $0) }
        return try ARCTask(entry.json, name: entry.name, path: entry.place, answers: answers)
      }
      if let task { tasks.append((task, entry.section)) }
    }
    return tasks
  }

  /// The answers in the solutions file beside a challenges file; nil if there is none, as with
  /// a competition's test challenges.
  private func solutions(
    named name: String
  ) throws -> (path: String, answers: JSONObject)? {
    let folder = url.deletingLastPathComponent()
    let url = [name, name + ".gz"].map(folder.appendingPathComponent).first {
      FileManager.default.fileExists(atPath: $0.path)
    }
    guard let url else { return nil }
    let solutions = try Self.json(at: url)
    guard let object = solutions.object else {
      throw GymError(
        "the solutions are \(solutions.kind)", at: url.path,
        expected: "an object of answers by task")
    }
    return (url.path, object)
  }

  private static func answers(
    to name: String, in solutions: (path: String, answers: JSONObject)
  ) throws -> (place: String, grids: [JSON]) {
    let place = "\(solutions.path), task \(name)"
    guard let answers = solutions.answers[name] else {
      throw GymError("the task has no solution", at: place)
    }
    guard let array = answers.array else {
      throw GymError("the solution is \(answers.kind)", at: place, expected: "an array of grids")
    }
    return (place, array)
  }

  /// A file's JSON; an error of the module `GymJSON` becomes a GymError.
  static func json(
    at url: URL, name: String? = nil, limits: JSON.Limits = limits
  ) throws -> JSON {
    do {
      return try JSON(contentsOf: url, name: name, limits: limits)
    } catch let error as JSONError {
      let place = [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
      throw GymError(error.message, at: error.file + place, expected: error.expected)
    }
  }
}

/// The files of a folder of ARC tasks.
enum ARCFolder {
  /// Folders of collections are two or three levels deep.
  private static let maxDepth = 8

  /// The files of a folder, by path, or the one file that is named.
  ///
  /// Where a folder holds challenges files, only those are taken. A link that is named is followed;
  /// links to folders inside are passed over, and so are hidden files and those that do not end in
  /// `.json` or `.json.gz`, in small or capital letters.
  ///
  /// - Throws: a `GymError` if there is nothing, or a folder cannot be read.
  static func files(at source: PuzzleSource) throws -> [ARCFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.url.path, isDirectory: &isFolder) else {
      throw GymError("there is no file or folder", at: source.path)
    }
    guard isFolder.boolValue else { return [ARCFile(source.url, path: source.path)] }
    let files = try files(in: source.url, depth: 1, source.log)
    guard !files.isEmpty else {
      throw GymError(
        "the folder holds no task", at: source.path, expected: "files that end in .json")
    }
    return files
  }

  private static func files(
    in folder: URL, depth: Int, _ log: ReadingLog
  ) throws -> [ARCFile] {
    guard depth <= maxDepth else {
      throw GymError(
        "folders lie too deep", at: folder.path, expected: "at most \(maxDepth) levels")
    }
    let names: [String]
    do {
      // By path, since a folder's URL that is a link is taken for a file.
      names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw GymError("the folder cannot be read: \(error.reason)", at: folder.path)
    }
    let entries = names.filter { !$0.hasPrefix(".") }.sorted()
      .map(folder.appendingPathComponent)
    let challenges = entries.map { ARCFile($0) }.filter(\.isChallenges)
    guard challenges.isEmpty else {
      let others = entries.filter { url in
        let file = ARCFile(url)
        return isFolder(url)
          || (file.isJSON && !file.isChallenges && !file.isSolutions && !file.isSampleSubmission)
      }
      if let first = others.first {
        log.note(
          "beside the challenges files of \(folder.path), the rest is passed over: "
            + first.lastPathComponent + (others.count > 1 ? " and \(others.count - 1) more" : ""))
      }
      return challenges
    }
    return try entries.flatMap { url -> [ARCFile] in
      guard isFolder(url) else { return [ARCFile(url)].filter(\.isJSON) }
      guard !isLink(url) else {
        log.note("\(url.path) is a link to a folder and is passed over; name it to have it read")
        return []
      }
      return try files(in: url, depth: depth + 1, log)
    }
  }

  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func isLink(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
