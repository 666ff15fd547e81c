import Foundation
import Gym
import JSON

/// A file of ARC tasks: one task, or a Kaggle challenges file.
public struct ARCFile: Sendable, Hashable {
  /// The path of the file.
  public let url: URL

  /// The file at a path, not read yet.
  public init(_ url: URL) {
    self.url = url
  }

  /// The ending of a challenges file's name.
  static let challenges = "_challenges.json"
  /// The ending of the name of the solutions file beside it.
  static let solutions = "_solutions.json"
  /// At most six arrays and objects are nested; files with a thousand tasks have 7 MB.
  static let limits = JSON.Limits(depth: 8, bytes: 64 << 20)
  /// Folders of collections are two or three levels deep.
  private static let maxDepth = 8

  /// The files of a folder, ordered by path, or the one file that is named.
  ///
  /// If a folder contains challenges files, only those are used. Hidden files, links to folders and
  /// files that do not end in `.json` are skipped.
  ///
  /// - Throws: a `GymError` if there is nothing, or a folder cannot be read.
  public static func files(at url: URL) throws -> [ARCFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
      throw GymError("there is no file or folder", at: url.path)
    }
    guard isFolder.boolValue else { return [ARCFile(url)] }
    let files = try files(in: url, depth: 1)
    guard !files.isEmpty else {
      throw GymError("the folder holds no task", at: url.path, expected: "files that end in .json")
    }
    return files
  }

  private static func files(in folder: URL, depth: Int) throws -> [ARCFile] {
    guard depth <= maxDepth else {
      throw GymError(
        "folders lie too deep", at: folder.path, expected: "at most \(maxDepth) levels")
    }
    let keys: Set<URLResourceKey> = [.isDirectoryKey]
    let entries: [URL]
    do {
      entries = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: Array(keys), options: .skipsHiddenFiles)
    } catch {
      throw GymError("the folder cannot be read: \(error.reason)", at: folder.path)
    }
    let sorted = entries.sorted { $0.lastPathComponent < $1.lastPathComponent }
    let challenges = sorted.filter { $0.lastPathComponent.hasSuffix(Self.challenges) }
    guard challenges.isEmpty else { return challenges.map(ARCFile.init) }
    return try sorted.flatMap { url -> [ARCFile] in
      if try url.resourceValues(forKeys: keys).isDirectory == true {
        return try files(in: url, depth: depth + 1)
      }
      return url.pathExtension == "json" ? [ARCFile(url)] : []
    }
  }

  /// The collection's name: the beginning of a challenges file's name, otherwise the folder's name.
  public var collection: String {
    let name = url.lastPathComponent
    return name.hasSuffix(Self.challenges)
      ? String(name.dropLast(Self.challenges.count))
      : url.deletingLastPathComponent().lastPathComponent
  }

  /// The file's tasks, in order.
  ///
  /// - Throws: a `GymError` that names the file and, in it, task, pair and row.
  public func tasks() throws -> [ARCTask] {
    let name = url.lastPathComponent
    if name.hasSuffix(Self.challenges) { return try challengeTasks(name) }
    guard !name.hasSuffix(Self.solutions) else {
      throw GymError(
        "a solutions file is not read by itself", at: url.path,
        remedy: "Name the file beside it that ends in \(Self.challenges).")
    }
    let json = try Self.json(at: url)
    if json["train"] == nil, json["test"] == nil, let members = json.object, !members.isEmpty {
      return try Self.tasks(members, path: url.path, solutions: nil)
    }
    return [
      try ARCTask(
        json, name: url.deletingPathExtension().lastPathComponent, path: url.path, answers: nil)
    ]
  }

  private func challengeTasks(_ name: String) throws -> [ARCTask] {
    let json = try Self.json(at: url)
    guard let members = json.object else {
      throw GymError(
        "the challenges are \(json.kind)", at: url.path, expected: "an object of tasks by name")
    }
    let beside = url.deletingLastPathComponent()
      .appendingPathComponent(name.dropLast(Self.challenges.count) + Self.solutions)
    // A competition's test challenges come without solutions.
    guard FileManager.default.fileExists(atPath: beside.path) else {
      return try Self.tasks(members, path: url.path, solutions: nil)
    }
    let solutions = try Self.json(at: beside)
    guard let object = solutions.object else {
      throw GymError(
        "the solutions are \(solutions.kind)", at: beside.path,
        expected: "an object of answers by task")
    }
    return try Self.tasks(members, path: url.path, solutions: (beside.path, object))
  }

  /// A file's JSON; parsing errors become errors of the gym.
  static func json(at url: URL, limits: JSON.Limits = limits) throws -> JSON {
    do {
      return try JSON(contentsOf: url, limits: limits)
    } catch let error as JSONError {
      let place = [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
      throw GymError(error.message, at: error.file + place, expected: error.expected)
    }
  }

  private static func tasks(
    _ members: JSONObject, path: String, solutions: (path: String, answers: JSONObject)?
  ) throws -> [ARCTask] {
    try members.map { name, json in
      let answers = try solutions.map { solutions -> (String, [JSON]) in
        let place = "\(solutions.path), task \(name)"
        guard let answers = solutions.answers[name] else {
          throw GymError("the task has no solution", at: place)
        }
        guard let array = answers.array else {
          throw GymError(
            "the solution is \(answers.kind)", at: place, expected: "an array of grids")
        }
        return (place, array)
      }
      return try ARCTask(json, name: name, path: "\(path), task \(name)", answers: answers)
    }
  }
}
