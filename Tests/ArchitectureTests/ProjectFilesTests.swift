import Foundation
import Testing

/// The files that a public project is expected to have, and that they agree with the code.
@Suite struct ProjectFilesTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: PackageFiles.root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The version that the program prints.
  private func version() throws -> String {
    let source = try #require(
      PackageFiles.sources().first { $0.path.hasSuffix("/ReasonGym.swift") })
    let match = try #require(source.text.firstMatch(of: /static let version = "([^"]+)"/))
    return String(match.1)
  }

  @Test("The version of the code is the changelog's and the citation's")
  func versions() throws {
    let version = try version()
    #expect(version.wholeMatch(of: /\d+\.\d+\.\d+(-dev)?/) != nil, "\(version)")
    let newest = try #require(text("CHANGELOG.md").firstMatch(of: /\n## (\S+)/)).1
    #expect(newest == (version.hasSuffix("-dev") ? "Unreleased" : version))
    #expect(try text("CITATION.cff").contains("\nversion: \(version)\n"))
  }

  @Test("Every format version in the changelog is the one in the code")
  func formats() throws {
    let rows = try text("CHANGELOG.md").matches(of: /\|[^|\n]+\| [^|\n]+ \| `(.+)` in `(.+)` \|/)
    #expect(rows.count >= 10)
    let files = try PackageFiles.sources()
    for row in rows {
      let found = files.filter { $0.path.hasSuffix("/\(row.2)") }
      #expect(
        found.contains { $0.text.contains(String(row.1)) }, "\(row.2) does not hold \(row.1)")
    }
  }

  @Test("Every task and agent is listed in the changelog with its version")
  func plugins() throws {
    let changelog = try text("CHANGELOG.md")
    let sources = try PackageFiles.sources().filter { !$0.path.contains("Scaffold/") }
    var count = 0
    for file in sources {
      for match in file.text.matches(of: /id = PluginID\("([a-z-]+)", version: (\d+)\)/)
      where !match.1.hasPrefix("external") {
        count += 1
        let rows = changelog.matches(of: /\n\| the (?:tasks|agents) (.+) \| @(\d+) \|/)
        #expect(
          rows.contains { $0.2 == match.2 && $0.1.contains("`\(match.1)`") },
          "CHANGELOG.md lacks \(match.1)@\(match.2)")
      }
    }
    #expect(count > 10)
  }

  @Test("README states the number of conformance checks")
  func conformanceChecks() throws {
    let source = try #require(
      PackageFiles.sources().first { $0.path.hasSuffix("/ConformanceFailure+Check.swift") })
    let count = source.text.matches(of: /\n +case \w+\n/).count
    #expect(try text("README.md").contains("| \(count) conformance checks,"), "\(count) checks")
  }

  @Test("Documentation is built of every library product's targets")
  func documentedTargets() throws {
    let list = try #require(text(".spi.yml").firstMatch(of: /documentation_targets: \[([^\]]*)\]/))
    let documented = list.1.matches(of: /\w+/).map { String($0.0) }
    let manifest = try Manifest()
    let libraries = manifest.text.matches(of: /\n +\.library\(.*targets: \[(.*)\]\),/)
    let targets = libraries.flatMap { $0.1.matches(of: /\w+/).map { String($0.0) } }
    #expect(targets.contains("Gym") && Set(documented) == Set(targets + manifest.tasks))
  }

  @Test("The documents that every project has are there, and their links to files lead somewhere")
  func links() throws {
    for name in [
      "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "CODE_OF_CONDUCT.md",
      ".github/pull_request_template.md", "Benchmarks/NOTES.md",
      "Documentation/Decisions.md",
    ] {
      let folder = PackageFiles.root.appendingPathComponent(name).deletingLastPathComponent()
      for match in try text(name).matches(of: /\]\(([^)#\s]+)[^)]*\)/)
      where !match.1.contains("://") && !match.1.hasPrefix("../../actions/") {
        let target = folder.appendingPathComponent(String(match.1)).standardizedFileURL
        #expect(
          FileManager.default.fileExists(atPath: target.path), "\(name) links to \(match.1)")
      }
    }
  }
}
