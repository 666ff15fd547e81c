import Testing

/// Comments are plain technical English: "if" for conditions, "per" for rates, the field's terms.
///
/// Each list names the habits that once made the comments hard to read, with the words to use.
@Suite struct EnglishTests {
  /// Patterns that a doc comment must not contain, with what to write instead.
  private static var habits: [(pattern: Regex<Substring>, instead: String)] {
    [
      (/\bin whose company\b|\bits company\b|\bthe company\b/, "the other examples of the batch"),
      (/\bthis room\b|\bthe house\b|\bhouse rules\b/, "module, package"),
      (/\b[Ss]omebody asks\b|\basks for a stop\b/, "if a stop is requested"),
      (/\b[Gg]oes on with\b|\bgone on with\b/, "continues"),
      (/\b(?:task|agent|file|puzzle|split|benchmark|entry)s? of (?:a|that) name\b/, "named"),
      (/\bfor a person\b|\bpeople may set\b/, "readable, the user"),
      (
        /\bnothing is said\b|\bnothing else is said\b|\bunless something (?:else )?is said\b/,
        "by default"
      ),
      (/\bis to be had\b|\bthat is none\b|\bsuch as it has\b/, "say it directly"),
      (/\bof so much\b|\bso many of\b/, "of a given number of, `count`"),
      (/\b(?:one|a bit|a value|a token|a column) a (?:cell|line|row|puzzle|column)\b/, "per"),
      (/\b(?:one|a bit|a value|a token) a (?:variable|worker)\b/, "per"),
      (/\b(?:operations|[Ss]econds|tokens|bytes),? a (?:puzzle|second|step)\b/, "per"),
    ]
  }

  @Test("Doc comments keep clear of the habits that were hard to read")
  func commentsUseTheTermsOfTheField() throws {
    let habits = Self.habits
    for line in try Self.comments() {
      for habit in habits where line.text.contains(habit.pattern) {
        Issue.record("\(line.place): write \(habit.instead) in \"\(line.text)\"")
      }
    }
  }

  /// "What went wrong" and the like are questions that an error answers; a summary names the thing.
  @Test("Summaries name the thing and do not begin with What")
  func summariesNameTheThing() throws {
    let summaries = try Self.comments().filter { $0.isSummary && $0.text.hasPrefix("What ") }
    Self.expectAtMost(Self.maximumWhats, summaries, "a summary begins with \"What\"")
  }

  @Test("Conditions say if; where is for places")
  func conditionsSayIf() throws {
    let lines = try Self.comments().filter { $0.text.contains(/\bwhere\b/) }
    Self.expectAtMost(Self.maximumWheres, lines, "a condition says \"where\" in place of \"if\"")
  }

  @Test("Lines of comments fit 100 columns")
  func linesFit() throws {
    let long = try Self.comments(of: PackageFiles.sources() + PackageFiles.tests()).filter {
      $0.columns > 100 && !$0.text.hasPrefix("https://")
    }
    Self.expectAtMost(Self.maximumLong, long, "a comment is longer than 100 columns")
  }

  @Test("Every test has a display name")
  func testsHaveNames() throws {
    for file in try PackageFiles.tests() {
      for match in file.text.matches(of: /\n *@Test\b(?!\(\s*")[^\n]*/) {
        Issue.record("\(file.path): no display name at \(match.0)")
      }
    }
  }

  /// The counts reached so far: they may fall, and are lowered here when they have.
  private static let maximumWhats = 0
  private static let maximumWheres = 13
  private static let maximumLong = 2

  private static func expectAtMost(_ most: Int, _ lines: [Line], _ habit: String) {
    guard lines.count > most else { return }
    let places = lines.map(\.place).joined(separator: "\n")
    Issue.record("\(habit): \(lines.count) lines, at most \(most) are left to mend:\n\(places)")
  }

  /// A line of a comment.
  private struct Line {
    let place: String
    let text: String
    let columns: Int
    /// Whether it belongs to a doc comment.
    let isDocumentation: Bool
    /// Whether it is the first line of its doc comment.
    let isSummary: Bool
  }

  /// The lines of the doc comments of all sources.
  private static func comments() throws -> [Line] {
    try comments(of: PackageFiles.sources()).filter(\.isDocumentation)
  }

  private static func comments(of files: [PackageFiles.File]) -> [Line] {
    var lines: [Line] = []
    for file in files where file.path.hasSuffix(".swift") {
      var isInside = false
      let all = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in all.enumerated() {
        let code = line.drop { $0 == " " }
        let isDocumentation = code.hasPrefix("///")
        if code.hasPrefix("//") {
          lines.append(
            Line(
              place: "\(file.path):\(index + 1)",
              text: String(code.drop { $0 == "/" }.drop { $0 == " " }), columns: line.count,
              isDocumentation: isDocumentation, isSummary: isDocumentation && !isInside))
        }
        isInside = isDocumentation
      }
    }
    return lines
  }
}
