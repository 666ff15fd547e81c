import Foundation

/// The contents of Package.swift.
struct Manifest {
  let text: String

  init() throws {
    text = try String(
      contentsOf: PackageFiles.root.appendingPathComponent("Package.swift"), encoding: .utf8)
  }

  /// The names in the list of tasks.
  var tasks: [String] {
    guard let list = text.firstMatch(of: /let tasks = \[([^\]]*)\]/) else { return [] }
    return Self.strings(in: list.1)
  }

  /// The dependencies of each module's target.
  var modules: [String: Set<String>] {
    var modules: [String: Set<String>] = [:]
    for match in text.matches(of: /module\(\s*"(\w+)"(?:,\s*imports:\s*\[([^\]]*)\])?/) {
      modules[String(match.1)] = dependencies(match.2 ?? "")
    }
    for match in text.matches(
      of: /\.(?:target|executableTarget)\(\s*name:\s*"(\w+)"(?:,\s*dependencies:\s*\[([^\]]*)\]|\))/
    ) {
      modules[String(match.1)] = dependencies(match.2 ?? "")
    }
    for match in text.matches(of: /\.systemLibrary\(\s*name:\s*"(\w+)"/) {
      modules[String(match.1)] = []
    }
    return modules
  }

  /// The dependencies of every task's target, except its own C sources.
  var taskImports: Set<String> {
    let list = text.firstMatch(of: /(?:module|target)\(\s*name(?:: name)?,\s*\w+: \[([^\]]*)\]/)
    return list.map { dependencies($0.1) } ?? []
  }

  /// The C sources of tasks, by their module's name.
  var taskKernels: [String: String] {
    guard let list = text.firstMatch(of: /let kernels = \[([^\]]*)\]/) else { return [:] }
    let pairs = list.1.matches(of: /"(\w+)": "(\w+)"/).map { (String($0.2), String($0.1)) }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  private func dependencies(_ list: Substring) -> Set<String> {
    var names = Set(Self.strings(in: list))
    let packages = ["argumentParser": "ArgumentParser", "sqlite": "GRDB", "http": "FlyingFox"]
    for (name, product) in packages where list.contains(name) { names.insert(product) }
    return names
  }

  private static func strings(in list: Substring) -> [String] {
    list.matches(of: /"(\w+)"/).map { String($0.1) }
  }
}
