import Foundation
import GymReports
import Testing

@Suite struct TextTests {
  @Test("Numbers have three digits, a unit, and say 0 % and 100 % only if that is exact")
  func figures() {
    #expect(Figures.percent(0.9734) == "97.3\u{A0}%")
    #expect(
      [0, 1e-9, 0.99999, 1, .nan].map(\.percent) == ["0 %", "0.1 %", "99.9 %", "100 %", "–"])
    #expect(
      [0, 0.5, 999, 27_345_678, 1.2e12, 9.996e5, -2e3, 3e21, 1e30].map(\.compact)
        == ["0", "0.5", "999", "27.3 M", "1.2 T", "1 M", "-2 k", "3000 E", "1e30"])
    #expect([0, 12, 2.5e9].map(\.operations) == ["0 FLOP", "12 FLOP", "2.5 GFLOP"])
    #expect(
      [999.6, 3e21, 1e25, .nan].map(\.operations)
        == ["1 kFLOP", "3000 EFLOP", "1e25 FLOP", "– FLOP"])
    #expect([0, 59.6, 3723, .infinity].map(\.clockTime) == ["00:00", "01:00", "1:02:03", "?"])
    #expect(
      [0.5, 0.0306, 4e-4, 9.96e-5, -3.14e-5, .leastNonzeroMagnitude, .nan].map(Figures.significant)
        == ["0.5", "0.031", "4e-4", "1e-4", "-3.1e-5", "0.5e-323", "–"])
    #expect(
      [0, 2500, 27_275_266, 3e14, 9.999e14, 1.2e19, 1e30].map(Figures.worded)
        == [
          "0", "2.5\u{A0}k", "27.3\u{A0}million", "300\u{A0}trillion", "1\u{A0}quadrillion",
          "12\u{A0}quintillion", "1e30",
        ])
    #expect([0.0004, 0.0312, 0.5].map(Figures.relation) == ["< 0.001", "= 0.031", "= 0.50"])
    // Beside 0.05, the text tells on which side p is.
    #expect(
      [0.0496, 0.049996, 0.05, 0.0504].map(Figures.relation)
        == ["= 0.0496", "= 0.049996", "= 0.050", "= 0.0504"])
  }

  @Test("A table drops its least important columns, then cuts, then wraps the last one")
  func columns() {
    var table = TextTable([
      ("name", .shortened, TextTable.always), ("n", .right, 2), ("extra", .left, 1),
      ("note", .left, TextTable.always),
    ])
    table.add("a very long name of an agent", "7", "more", "few words")
    table.add("漢字", "12", "", "")
    #expect(
      table.text(width: 80) == """
        name                           n  extra  note
        ────────────────────────────  ──  ─────  ─────────
        a very long name of an agent   7  more   few words
        漢字                          12

        """)
    #expect(
      table.text(width: 30) == """
        name              n  note
        ───────────────  ──  ─────────
        a very long na…   7  few words
        漢字             12

        """)
    var notes = TextTable(("key", .left), ("note", .left))
    notes.add("a", "one two three four five six seven")
    #expect(
      notes.text(width: 10) == """
        key  note
        ───  ────────────────────────
        a    one two three four five
             six seven

        """)
  }

  @Test("A table that is too wide still wraps other columns between words")
  func wrappedColumns() {
    var table = TextTable(("agent", .left), ("learns", .left), ("presets", .left), ("what", .left))
    table.add("net@1", "yes", "paper, small, tiny", "a network of two recurrent modules")
    table.add("solver@1", "no", "", "the rules")
    #expect(
      table.text(width: 55) == """
        agent     learns  presets      what
        ────────  ──────  ───────────  ────────────────────────
        net@1     yes     paper,       a network of two
                          small, tiny  recurrent modules
        solver@1  no                   the rules

        """)
  }

  @Test("Interpolated text stays text, in elements, attributes and scripts")
  func escaping() {
    let name = "</script><b a=\"1\" b='2'>&\u{202E}\u{7}"
    let html: HTML = "<i title=\"\(name)\">\(name)</i>"
    #expect(html.text.split(separator: "<").count == 2)
    #expect(!html.text.contains("\u{202E}") && html.text.contains("&#39;2&#39;&gt;&amp;\u{FFFD}"))
    var script = ScriptText()
    script.append(literal: name)
    let text = String(decoding: script.bytes, as: UTF8.self)
    #expect(!text.contains("<") && !text.contains("'") && text.hasPrefix("\"\\u003c/script"))
    #expect("\(1.0 / 3)" as HTML == "0.3" && "\(percent: 100.0 / 3)" as HTML == "33.33%")
  }
}

@Suite struct ResourceTests {
  private static let node = ["/usr/bin/node", "/usr/local/bin/node", "/opt/homebrew/bin/node"]
    .first(where: FileManager.default.isExecutableFile)

  /// The files of the package with an extension.
  private static func files(_ kind: String) throws -> [URL] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
    let paths = try #require(FileManager.default.enumerator(atPath: root.path))
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".\(kind)") }.sorted()
      .map(root.appendingPathComponent)
  }

  @Test("node accepts every script", .enabled(if: node != nil, "node is not installed"))
  func scripts() throws {
    let files = try Self.files("js")
    #expect(files.count >= 4)
    for file in files {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: try #require(Self.node))
      process.arguments = ["--check", file.path]
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(file.lastPathComponent)")
    }
  }

  @Test("Style sheets have balanced braces and only colors of the palette")
  func styles() throws {
    let files = try Self.files("css")
    #expect(files.count >= 8)
    let known = Set(Styles.palette.matches(of: /(--[\w-]+):/).map { String($0.1) })
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(
        text.count { $0 == "{" } == text.count { $0 == "}" }, "\(file.lastPathComponent)")
      for match in text.matches(of: /var\((--[\w-]+)\)/) {
        #expect(known.contains(String(match.1)), "\(file.lastPathComponent): \(match.1)")
      }
    }
  }
}
