import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymJSON
import Testing

@Suite struct SealedBenchmarkTests {
  private let bed: Testbed
  private let seed = SecretSeed()
  private let benchmark: Benchmark
  private let questions: [Example]

  init() throws {
    bed = try Testbed()
    let draft = try BenchmarkDraft(
      name: "sealed", sealing: Successor(), count: 150, seed: seed)
    try bed.board.add(draft)
    benchmark = draft.benchmark
    questions = try bed.board.puzzles(of: benchmark.id, in: 0..<150)
  }

  private func open(_ seed: SecretSeed?) throws -> Board {
    try Board(bed.board.url, for: .writing, secretSeed: seed, tasks: Testbed.tasks)
  }

  /// What an agent that knows the letters answers, all but the first few wrongly.
  private func submission(right: Int) throws -> Submission {
    let lines = questions.enumerated().map { index, example in
      let answer = index < right ? example.question.map { $0 % 4 + 1 } : example.question
      let line: JSON = [
        "id": .string("test/\(index)"), "answer": .string(Successor().vocabulary.text(answer)),
      ]
      return line.text() + "\n"
    }
    return try Submission(
      Participant(agent: "agent \(right)"), predictions: .bytes(Data(lines.joined().utf8)))
  }

  @Test("A sealed board contains no answers")
  func theBoardKeepsNoAnswers() throws {
    #expect(benchmark.answers == .sealed && benchmark.isHeldBack)
    #expect(try bed.board.benchmark(benchmark.id) == benchmark)
    #expect(questions.allSatisfy { $0.answer.isEmpty && $0.question.count == 6 })
    #expect(Set(questions.map(\.question)).count > 100)
  }

  @Test("The secret seed reproduces the answers")
  func theSeedMakesTheAnswersAgain() throws {
    let entry = try open(seed).submit(submission(right: 90), to: benchmark.id)
    #expect(entry.results.solvedCount == 90 && entry.results.answered.trueCount == 150)
    // Cells are compared with the labels that the seed makes: none is its own successor.
    #expect(abs(entry.results.cellAccuracy - 0.6) < 1e-12)
    let message = bed.failure { _ = try bed.board.predictions(of: entry.id, in: 0..<1) }
    #expect(message.contains("held back"))
  }

  @Test("Without the secret seed a submission cannot be judged")
  func nobodyElseJudges() throws {
    func refusal(_ seed: SecretSeed?) -> String {
      bed.failure { _ = try open(seed).submit(submission(right: 150), to: benchmark.id) }
    }
    #expect(refusal(nil).contains("are sealed"))
    #expect(refusal(SecretSeed()).contains("another puzzle comes of this secret seed"))
    #expect(try bed.board.entries(of: benchmark.id).isEmpty)
  }

  @Test("A sealed board is verified with the secret seed alone")
  func sealedBoardsAreVerified() throws {
    let entry = try open(seed).submit(submission(right: 90), to: benchmark.id)
    #expect(try open(seed).verify(benchmark) == [])
    let unknown = try open(nil).verify(benchmark)
    #expect(unknown.map(\.entry) == [nil] && unknown.first?.text.contains("are sealed") == true)
    let other = try open(SecretSeed()).verify(benchmark)
    #expect(other.map(\.entry) == [nil] && other.first?.text.contains("another puzzle") == true)
    #expect(try bed.board.entries(of: benchmark.id) == [entry])
  }

  @Test("The secret seed is written to a file and read from it")
  func theSeedTravelsByFile() throws {
    let file = bed["seed.json"]
    try seed.write(to: file)
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    #expect(throws: GymError.self) { try seed.write(to: file) }
    // The same seed makes the same benchmark, which the board has already.
    let again = try BenchmarkDraft(
      name: "again", sealing: Successor(), count: 150, seed: SecretSeed(contentsOf: file))
    #expect(again.benchmark.id == benchmark.id)
    #expect(throws: GymError.self) { try bed.board.add(again) }
    let text = try String(contentsOf: file, encoding: .utf8)
    let others = [
      text.replacing("seed@1", with: "seed@2"), text.replacing("\"secret\"", with: "\"s\""),
    ]
    for damaged in others + ["{}"] {
      try Data(damaged.utf8).write(to: file)
      #expect(throws: GymError.self) { try SecretSeed(contentsOf: file) }
    }
  }

  @Test("Invalid numbers of puzzles are rejected", arguments: [0, -1, 1_000_001])
  func oddCountsAreRefused(count: Int) {
    #expect(throws: GymError.self) {
      try BenchmarkDraft(name: "odd", sealing: Successor(), count: count, seed: seed)
    }
  }

  @Test("Entries are exchanged between holders of the seed")
  func entriesTravelBetweenKeepers() throws {
    let key = try BoardKey()
    let home = try open(seed)
    let entry = try home.submit(submission(right: 12), to: benchmark.id)
    try home.export(entry, signedBy: key, to: bed["entry.jsonl"])
    let away = try Testbed()
    try away.board.add(
      BenchmarkDraft(name: "sealed", sealing: Successor(), count: 150, seed: seed))
    func take(_ seed: SecretSeed?) throws -> Entry {
      try Board(away.board.url, for: .writing, secretSeed: seed, tasks: Testbed.tasks)
        .importEntry(from: bed["entry.jsonl"], signedBy: key.publicKey)
    }
    #expect(throws: GymError.self) { try take(nil) }
    #expect(try take(seed).results == entry.results)
  }
}
