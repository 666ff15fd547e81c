import Foundation
import Testing

/// The package's own files.
enum PackageFiles {
  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A source file.
  struct File: CustomStringConvertible {
    /// The module, or the tests of one.
    let module: String
    let path: String
    let text: String

    var description: String { path }

    /// The modules that the file's import lines name.
    var imports: [String] {
      var isQuoted = false
      return text.split(separator: "\n").compactMap { line in
        // Lines of a long string are text, not code.
        defer { if line.components(separatedBy: "\"\"\"").count % 2 == 0 { isQuoted.toggle() } }
        guard !isQuoted else { return nil }
        let words = line.prefix { $0 != "/" }.split(whereSeparator: { $0 == " " || $0 == "\t" })
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
          words[..<place].allSatisfy({ Self.modifiers.contains(String($0)) || $0.hasPrefix("@") })
        else { return nil }
        let kinds: Set<Substring> = [
          "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
        ]
        let name = kinds.contains(words[place + 1]) ? words.last : words[place + 1]
        return name?.split(whereSeparator: { $0 == "." || $0 == ";" }).first.map(String.init)
      }
    }

    private static let modifiers: Set<String> = ["public", "package", "internal", "private"]
  }

  /// The names of the task folders.
  static func tasks() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Tasks").path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Every source file of the modules and tasks, without tests.
  static func sources() throws -> [File] {
    let modules = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Sources").path
    ).filter { !$0.hasPrefix(".") }
    let ofModules = try modules.flatMap { try files(of: $0, under: "Sources/\($0)") }
    return try many(
      ofModules + tasks().flatMap { try files(of: $0, under: "Tasks/\($0)/Sources") })
  }

  /// Every test file.
  static func tests() throws -> [File] {
    let ofModules = try files(of: "Tests", under: "Tests")
    return try many(
      ofModules + tasks().flatMap { try files(of: "\($0)Tests", under: "Tasks/\($0)/Tests") })
  }

  /// The files, of which there are many: if none were found, every check of them would pass.
  private static func many(_ files: [File]) throws -> [File] {
    try #require(files.count > 100, "only \(files.count) files were found")
    return files
  }

  private static func files(of module: String, under path: String) throws -> [File] {
    let folder = root.appendingPathComponent(path)
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return try (names ?? []).filter { name in
      ["swift", "c", "cpp", "h"].contains((name as NSString).pathExtension)
    }.sorted().map { name in
      File(
        module: module, path: "\(path)/\(name)",
        text: try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
    }
  }
}
