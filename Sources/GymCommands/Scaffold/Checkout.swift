import Foundation
import Gym

/// A checkout of ReasonGym's sources, to which new tasks and agents are added.
struct Checkout: Sendable {
  static let manifest = "Package.swift"
  static let catalogue = "Sources/reasongym/Catalogue.swift"

  let root: URL

  /// The checkout that contains a folder.
  ///
  /// - Throws: a `GymError` if there is none.
  init(around folder: URL) throws {
    var place = folder.standardizedFileURL
    while !Self.isRoot(place) {
      let parent = place.deletingLastPathComponent().standardizedFileURL
      guard parent.path != place.path, place.path != "/" else {
        throw GymError(
          "this is not a checkout of ReasonGym", at: folder.path,
          expected: "its sources, with \(Self.manifest) and \(Self.catalogue)",
          remedy: "Run it in the folder that you cloned, or name that with --package DIR.")
      }
      place = parent
    }
    root = place
  }

  private static func isRoot(_ folder: URL) -> Bool {
    let files = [manifest, catalogue].map { folder.appendingPathComponent($0).path }
    guard files.allSatisfy(FileManager.default.fileExists(atPath:)),
      let text = try? String(contentsOfFile: files[0], encoding: .utf8)
    else { return false }
    return text.contains("name: \"ReasonGym\"")
  }

  /// The text of one of its files.
  func text(of path: String) throws -> String {
    do {
      return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    } catch {
      throw GymError("the file cannot be read (\(error.reason))", at: path)
    }
  }

  /// The names in a folder; none if the folder does not exist.
  func names(in path: String) throws -> [String] {
    let folder = root.appendingPathComponent(path).path
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder)
  }

  /// Rejects a name that is already used by a task, an agent, a module or a type of this checkout,
  /// ignoring case, since some file systems do not distinguish `Lights` from `LIGHTS`.
  func check(_ name: PluginName, _ catalogue: Catalogue) throws {
    let modules = try text(of: Self.manifest).matches(of: /"([A-Za-z0-9]+)"/).map { String($0.1) }
    let folders = try ["Tasks", "Sources", "Sources/GymAgents", "Sources/GymNeuralAgents"].flatMap {
      try names(in: $0)
    }
    // Test modules count, too.
    let taken = (modules + folders).flatMap { [$0, $0 + "Tests"] } + (try declaredTypes())
    if let known = taken.first(where: { $0.lowercased() == name.type.lowercased() }) {
      throw GymError(
        "there is a \(known) already", at: root.path,
        expected: "a name that no task, agent, module or type has, whatever its case",
        remedy: "Choose another name.")
    }
    let ids = catalogue.tasks.map { $0.id } + catalogue.agents.map { $0.id }
    if let known = ids.first(where: { $0.name == name.id }) {
      throw GymError(
        "\(name.type) would be called \(name.id), and there is a \(known) already", at: root.path,
        remedy: "Choose another name.")
    }
  }

  /// The types that the modules declare at top level, and the files of the agents' module: no two
  /// may have one name.
  private func declaredTypes() throws -> [String] {
    let tasks = try names(in: "Tasks").map { "Tasks/\($0)/Sources" }
    var names: [String] = []
    for file in (["Sources"] + tasks).flatMap(swiftFiles) {
      if file.path.contains("/Sources/GymAgents/") {
        names.append(file.deletingPathExtension().lastPathComponent)
      }
      let text = try String(contentsOf: file, encoding: .utf8)
      // Nested types are indented, and comments are not declarations.
      for line in text.split(separator: "\n") where line.first != " " && line.first != "/" {
        let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        if let kind = words.firstIndex(where: { Self.kinds.contains($0) }), kind + 1 < words.count {
          names.append(String(words[kind + 1]))
        }
      }
    }
    return names
  }

  /// The Swift files below a folder; none if the folder does not exist.
  private func swiftFiles(below path: String) -> [URL] {
    let folder = root.appendingPathComponent(path)
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.allObjects ?? []).compactMap { $0 as? URL }.filter {
      $0.pathExtension == "swift"
    }
  }

  private static let kinds: Set<Substring> = [
    "actor", "class", "enum", "protocol", "struct", "typealias",
  ]
}

extension String {
  /// This Swift text with another element at the end of a list with one element per line.
  ///
  /// - Parameters:
  ///   - element: the element, without a comma.
  ///   - opening: the line that starts the list, without surrounding white space.
  ///   - path: the file, for messages.
  func adding(_ element: String, toListAt opening: String, of path: String) throws -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let start = lines.firstIndex(where: { $0.trimmed == opening }),
      let end = lines[start...].firstIndex(where: { $0.trimmed.hasPrefix("]") })
    else {
      throw GymError(
        "there is no list that begins with the line \"\(opening)\"", at: path,
        expected: "the list as it was cloned, with a line for each name",
        remedy: "Add \(element) where it belongs by hand, or restore the file.")
    }
    if end > start + 1, !lines[end - 1].trimmed.hasSuffix(",") { lines[end - 1] += "," }
    let indentation = String(repeating: " ", count: lines[start].prefix { $0 == " " }.count + 2)
    lines.insert("\(indentation)\(element),", at: end)
    return lines.joined(separator: "\n")
  }

  /// This Swift text with another import, in alphabetical order.
  func importing(_ module: String, in path: String) throws -> String {
    var lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let imports = lines.indices.filter { lines[$0].hasPrefix("import ") }
    guard let last = imports.last else {
      throw GymError("there are no imports", at: path, expected: "the file as it was cloned")
    }
    let place = imports.first { lines[$0].dropFirst(7) > module } ?? last + 1
    lines.insert("import \(module)", at: place)
    return lines.joined(separator: "\n")
  }

  private var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
