import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON
import Testing

/// Hostile submissions: each is rejected, with the line, or shown harmlessly.
@Suite struct HostileSubmissionTests {
  /// The board for those that are rejected, which never changes it.
  private static let shared = Result { try Testbed() }
  private let bed: Testbed

  init() throws {
    bed = try Self.shared.get()
  }

  /// Two honest lines, then a third.
  private func third(_ line: String) -> String {
    bed.line(0).text() + "\n" + bed.line(1).text() + "\n" + line + "\n"
  }

  @Test("Predictions for another dataset are rejected by its hash")
  func aWrongHash() {
    let hash = String(repeating: "0", count: 64)
    let message = bed.refusal(bed.lines(), dataHash: hash)
    #expect(message.contains(hash) && message.contains(bed.benchmark.dataHash))
    #expect(bed.refusal(bed.lines(), dataHash: "../../etc/passwd").contains("expected"))
  }

  @Test("Two answers to one puzzle are rejected")
  func aDuplicatedID() {
    let message = bed.refusal(third(bed.line(0).text()))
    #expect(message.contains(":3") && message.contains("second time"))
  }

  @Test("A line that is too long is rejected")
  func aHugeLine() {
    let text = String(repeating: "a", count: 5 << 20)
    #expect(bed.refusal(third("{\"id\":\"test/2\",\"answer\":\"\(text)\"}")).contains(":3"))
  }

  @Test("A line that is too long in a file is rejected")
  func aHugeLineOfAFile() throws {
    let file = bed["huge.jsonl"]
    try Data(repeating: 0x61, count: 5 << 20).write(to: file)
    let message = bed.failure {
      _ = try bed.board.submit(
        Submission(Participant(agent: "agent"), predictions: .file(file)), to: bed.benchmark.id)
    }
    #expect(message.contains("too long") && message.contains("huge.jsonl:1"))
  }

  @Test("Deeply nested JSON is rejected")
  func deepJSON() {
    let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    let message = bed.refusal(third("{\"id\":\"test/2\",\"thoughts\":\(deep)}"))
    #expect(message.contains(":3"))
  }

  @Test(
    "Invalid numbers are rejected",
    arguments: ["NaN", "Infinity", "-Infinity", "1e999", "nan"])
  func numbersThatAreNone(number: String) {
    let message = bed.refusal(third("{\"id\":\"test/2\",\"confidence\":\(number)}"))
    #expect(message.contains(":3"))
  }

  @Test(
    "A line with a claimed score is rejected",
    arguments: ["score", "solved", "correct", "accuracy", "verdict"])
  func aClaimedScore(name: String) {
    let message = bed.refusal(third("{\"id\":\"test/2\",\"\(name)\":1}"))
    #expect(message.contains(":3") && message.contains(name) && message.contains("takes no scores"))
  }

  @Test(
    "Agent names with path elements do no harm",
    arguments: ["../../../etc/passwd", "..", "a/b\\c", "C:\\boot.ini", "%2e%2e%2f", "~/x"])
  func pathTricksInAgentNames(name: String) throws {
    let bed = try Testbed()
    let before = try Set(FileManager.default.contentsOfDirectory(atPath: bed.url.path))
    try bed.submit(bed.lines(), agent: name)
    // The name is text, never a path: it is kept unchanged, and no file was created.
    #expect(try bed.board.entries(of: bed.benchmark.id).map(\.participant.agent) == [name])
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: bed.url.path)) == before)
  }

  @Test(
    "Benchmark names with path elements do no harm",
    arguments: [
      "", "..", "../x", "a/b", ".hidden", "a b", "ä", String(repeating: "a", count: 65),
    ])
  func pathTricksInBenchmarkNames(name: String) {
    #expect(throws: GymError.self) {
      try Benchmark(
        name: name, task: Successor.id, settings: [:], split: "test",
        dataHash: bed.benchmark.dataHash, count: 1, answers: .open, levels: [],
        created: Date())
    }
  }

  @Test("Scripts in agent names are shown as text")
  func scriptInAgentNames() throws {
    let bed = try Testbed()
    let name = "<script>alert(1)</script>|`x`[a](javascript:b)"
    try bed.submit(bed.lines(), agent: name)
    let lines = PaperTable(try bed.ranking()).markdown.split(separator: "\n")
    // Head, rule, its row, and the note below.
    let (head, markdown) = (lines[0], lines[2])
    for sign in ["<", ">", "`", "[", "]", "("] {
      #expect(!markdown.contains(sign), "\(sign) in \(markdown)")
    }
    #expect(markdown.count { $0 == "|" } == head.count { $0 == "|" })
  }

  @Test(
    "Spreadsheet formulas in agent names are exported as text",
    arguments: ["=1+1", "+cmd|'/C calc'!A0", "-2", "@SUM(A1)", "＝1", "a\"b,c"])
  func formulasInAgentNames(name: String) throws {
    let bed = try Testbed()
    try bed.submit(bed.lines(), agent: name)
    let csv = RankingTable(try bed.ranking()).csv
    let quoted = name.replacing("\"", with: "\"\"")
    #expect(csv.contains(name.hasPrefix("a") ? "\"\(quoted)\"" : "\"'\(quoted)\""))
  }

  @Test(
    "Agent names with control characters are rejected",
    arguments: [
      "\u{1B}[2J", "a\nb", "a\u{0}b", "a\r", "\u{202E}evil", "zero\u{200B}width", "\u{2066}x", "\t",
      "", " ", " a", String(repeating: "a", count: 81), String(repeating: "a\u{301}", count: 60),
    ])
  func agentNamesThatCannotBeShown(name: String) {
    #expect(bed.refusal(bed.lines(), agent: name).contains("agent's name"))
  }

  @Test("Agent names that are too long are rejected")
  func anAgentNameWithoutEnd() {
    let message = bed.refusal(bed.line(0).text(), agent: String(repeating: "x", count: 10_000_000))
    #expect(message.contains("10000000 characters"))
  }

  @Test("SQL in agent names does no harm")
  func sqlInAgentNames() throws {
    let bed = try Testbed()
    let name = "'); DROP TABLE entries; --"
    try bed.submit(bed.lines(), agent: name)
    #expect(try bed.ranking().standings.map(\.entry.participant.agent) == [name])
  }

  @Test(
    "Ids of other puzzles are rejected",
    arguments: [
      "train/2", "test/40", "test/-1", "test/+2", "test/02", "test/2 ", "test/2/", "test//2",
      "test/2\\u0000", "TEST/2", "test/99999999999999999999", "../test/2", "", "test/", "2",
      "test/\\u0662",
    ])
  func foreignIDs(id: String) {
    let message = bed.refusal(third("{\"id\":\"\(id)\",\"answer\":\"abcdab\"}"))
    #expect(message.contains(":3") && message.contains("expected \"test/0\" to \"test/39\""))
  }

  @Test(
    "Lines without an id are rejected",
    arguments: ["{\"id\":2}", "{\"id\":null}", "{}", "[]", "7", "\"test/2\"", "null"])
  func linesWithoutAnID(line: String) {
    #expect(bed.refusal(third(line)).contains(":3"))
  }

  @Test(
    "Lines that are not JSON are rejected",
    arguments: [
      "{\"id\":\"test/2\"", "{\"id\":\"test/2\",}", "\u{FEFF}{}", "", "{} {}", "{'id':1}",
    ])
  func linesThatAreNoJSON(line: String) {
    #expect(bed.refusal(third(line)).contains(":3"))
  }

  @Test("A duplicated member is rejected")
  func aMemberThatStandsTwice() {
    let message = bed.refusal(third("{\"id\":\"test/2\",\"answer\":\"x\",\"answer\":\"abcdab\"}"))
    #expect(message.contains(":3"))
  }

  @Test("Bytes that are not UTF-8 are rejected")
  func bytesThatAreNoText() {
    let message = bed.failure {
      let bytes = Data("{\"id\":\"test/2\",\"answer\":\"".utf8) + [0xFF, 0xC0] + Data("\"}\n".utf8)
      _ = try bed.board.submit(
        Submission(Participant(agent: "agent"), predictions: .bytes(bytes)), to: bed.benchmark.id)
    }
    #expect(message.contains(":1"))
  }

  @Test(
    "Members of the wrong kind are rejected",
    arguments: [
      "\"confidence\":1.5", "\"confidence\":-0.1", "\"confidence\":\"1\"", "\"segments\":-1",
      "\"segments\":1e3", "\"segments\":99999999", "\"tokens\":-5", "\"answer\":[1,2]",
      "\"answer\":7", "\"failure\":{}", "\"thoughts\":\"abcdab\"", "\"thoughts\":[\"abc\"]",
      "\"thoughts\":[7]", "\"unknown\":1",
    ])
  func membersOfTheWrongKind(member: String) {
    #expect(bed.refusal(third("{\"id\":\"test/2\",\(member)}")).contains(":3"))
  }

  @Test("Too many thoughts are rejected")
  func tooManyThoughts() {
    let thoughts = Array(repeating: "\"abcdab\"", count: 5000).joined(separator: ",")
    let message = bed.refusal(third("{\"id\":\"test/2\",\"thoughts\":[\(thoughts)]}"))
    #expect(message.contains(":3") && message.contains("4096"))
  }

  @Test("An empty submission is rejected")
  func nothingAtAll() {
    #expect(bed.refusal("").contains("no prediction"))
  }

  @Test("The same predictions cannot be submitted twice")
  func anotherTimeTheSame() throws {
    let bed = try Testbed()
    let first = try bed.submit(bed.lines(), seed: 1)
    let message = bed.failure { try bed.submit(bed.lines(), seed: 1) }
    #expect(message.contains(first.shortID) && message.contains("already"))
    // The same answers under another seed are another entry.
    #expect(try bed.submit(bed.lines(), seed: 2).id != first.id)
  }

  /// Answers that are not a grid of the task's letters are wrong, and harmless.
  @Test("Answers that are not grids of the task are wrong, and harmless")
  func answersThatAreNone() throws {
    let bed = try Testbed()
    let answers = ["", "abc", "abcdabc", "ABCDEF", "<b>abc", "💥💥💥💥💥💥", "ab\\u0000dab"]
    let lines = answers.enumerated().map { "{\"id\":\"test/\($0)\",\"answer\":\"\($1)\"}\n" }
    let entry = try bed.submit(lines.joined())
    #expect(entry.results.solvedCount == 0)
    let kept = try bed.board.predictions(of: entry.id, in: 0..<7)
    #expect(kept.map { $0.answer == nil } == [true, true, true, false, false, false, false])
    #expect(
      kept[1].failure
        == "the answer has 3 characters; expected 6 characters, one per cell, or 2 rows of 3")
    let foreign = UInt8(Successor().vocabulary.count)
    #expect(kept[5].answer == Array(repeating: foreign, count: 6))
  }

  @Test("Terminal control sequences in a failure message are removed")
  func aFailureThatSteersTheTerminal() throws {
    let bed = try Testbed()
    let entry = try bed.submit("{\"id\":\"test/0\",\"failure\":\"\\u001b[31mred\\n\\u202Eno\"}\n")
    #expect(try bed.board.predictions(of: entry.id, in: 0..<1)[0].failure == "[31mredno")
  }
}
