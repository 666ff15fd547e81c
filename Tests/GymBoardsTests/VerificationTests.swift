import Foundation
import GRDB
import Gym
import GymBoardStore
import GymBoards
import Testing

/// Boards that somebody changed, and what judging their answers again finds.
@Suite struct VerificationTests {
  private let bed: Testbed
  private let entry: Entry

  init() throws {
    // Three chunks, of 128, 128 and 44 puzzles.
    bed = try Testbed(count: 300)
    entry = try bed.submit(bed.lines { $0 != 7 })
  }

  private func found() throws -> [BoardFault] {
    try Board(bed.board.url, for: .reading, tasks: Testbed.tasks).verify(bed.benchmark)
  }

  private func change(_ sql: String) throws {
    let queue = try DatabaseQueue(path: bed.board.url.path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  @Test("Of a board that nobody changed, everything holds")
  func honestBoards() throws {
    try bed.submit(bed.lines { $0 % 3 == 0 }, agent: "another")
    try bed.submit(bed.line(4).text() + "\n", agent: "one answer")
    var judged: [Int] = []
    #expect(try bed.board.verify(bed.benchmark) { judged.append($0) } == [])
    #expect(judged == [1, 2, 3])
    #expect(try found() == [])
  }

  @Test(
    "A changed entry is found, and the others hold",
    arguments: [
      (
        "entries SET solved = answered",
        "300 puzzles are solved; by the rules 299 are; verdicts differ on puzzle 7"
      ),
      ("entries SET cell_accuracy = 1", "findings or means are not those of its answers"),
      ("entries SET wrong_cells = zeroblob(600)", "findings or means"),
      ("entries SET solved = zeroblob(3)", "verdicts are damaged"),
      ("entries SET contestant = replace(contestant, 'agent', 'agemt')", "agemt"),
      (
        "entries SET contestant = replace(contestant, ':\"agent\"', ':\"rival\"')",
        "not what its id says"
      ),
      (
        "predictions SET data = (SELECT data FROM predictions WHERE chunk = 1) WHERE chunk = 0",
        "its answers are not those of its hash"
      ),
      ("predictions SET data = zeroblob(2) WHERE chunk = 2", "stored answers are damaged"),
      ("predictions SET chunk = 9 WHERE chunk = 2", "stored answers are damaged"),
    ])
  func changedEntries(change: String, words: String) throws {
    try self.change("UPDATE " + change)
    let other = try bed.submit(bed.lines { $0 > 100 }, agent: "another")
    let faults = try found()
    #expect(faults.contains { $0.text.contains(words) }, "\(faults)")
    #expect(faults.allSatisfy { $0.entry == entry.id && $0.entry != other.id }, "\(faults)")
  }

  @Test("Changed puzzles are found: wrong labels, and right ones of other puzzles")
  func changedPuzzles() throws {
    try change(
      "UPDATE puzzles SET data = (SELECT data FROM puzzles WHERE chunk = 1) WHERE chunk = 0")
    #expect(try found().map(\.entry) == [entry.id])
    try change("UPDATE puzzles SET data = zeroblob(length(data)) WHERE chunk = 0")
    let faults = try found()
    #expect(faults.map(\.entry) == [nil])
    let words = "the rules refuse the labels of puzzles 0, 1, 2, 3, 4 and 123 more"
    #expect(faults.first?.text == words, "\(faults)")
    try change("UPDATE benchmarks SET cells = 3")
    #expect(try found().first?.text.contains("cells or tokens") == true)
    // Nothing else takes such puzzles for the task's, or traps on them.
    #expect(throws: GymError.self) { try bed.board.task(of: bed.benchmark) }
    #expect(bed.refusal(bed.lines(), agent: "late").contains("cells or tokens"))
  }
}
