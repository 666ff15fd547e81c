import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymJSON
import Testing

@Suite struct ExchangeTests {
  private let home: Testbed
  private let away: Testbed
  private let key: BoardKey
  private let entry: Entry

  init() throws {
    home = try Testbed()
    away = try Testbed()
    key = try BoardKey()
    entry = try home.submit(home.lines { $0 != 7 }, agent: "traveller", seed: 3)
    try home.board.export(entry, signedBy: key, to: home["entry.jsonl"])
  }

  /// The message with which a changed export is rejected.
  private func refusal(_ change: (String) -> String) throws -> String {
    let text = try String(contentsOf: home["entry.jsonl"], encoding: .utf8)
    let changed = change(text)
    #expect(changed != text)
    let file = away["changed.jsonl"]
    try Data(changed.utf8).write(to: file)
    return away.failure {
      _ = try away.board.importEntry(from: file, signedBy: key.publicKey)
    }
  }

  @Test("An exported entry is imported with the same results")
  func anEntryTravels() throws {
    let arrived = try away.board.importEntry(
      from: home["entry.jsonl"], signedBy: key.publicKey)
    #expect(arrived.id == entry.id && arrived.results == entry.results)
    #expect(arrived.submitted == entry.submitted && arrived.participant == entry.participant)
    #expect(arrived.signer == key.publicKey)
    #expect(try away.board.entries(of: away.benchmark.id) == [arrived])
    #expect(
      away.failure {
        _ = try away.board.importEntry(from: home["entry.jsonl"], signedBy: key.publicKey)
      }.contains("already"))
  }

  @Test("An entry that was measured later is exported anew, and updates the import")
  func measurementsFollow() throws {
    _ = try away.board.importEntry(from: home["entry.jsonl"], signedBy: key.publicKey)
    let curve = try ScalingCurve([
      .init(segments: 1, votes: 1, chains: 1, solved: 3, count: 40, flops: 1, seconds: 1)
    ])
    let measured = try home.board.attach(to: entry, scaling: curve, probe: nil)
    try home.board.export(measured, signedBy: key, to: home["measured.jsonl"])
    let arrived = try away.board.importEntry(
      from: home["measured.jsonl"], signedBy: key.publicKey)
    #expect(arrived.id == entry.id && arrived.participant.scaling == curve)
    #expect(try away.board.entries(of: away.benchmark.id) == [arrived])
    // Another board's signature on the same entry does not replace it.
    let other = try BoardKey()
    try home.board.export(entry, signedBy: other, to: home["other.jsonl"])
    let message = away.failure {
      _ = try away.board.importEntry(from: home["other.jsonl"], signedBy: other.publicKey)
    }
    #expect(message.contains("already"), "\(message)")
  }

  @Test("An older export does not replace newer measurements, in whatever order they arrive")
  func newerMeasurementsStay() throws {
    func curve(_ solved: Int) throws -> ScalingCurve {
      try ScalingCurve([
        .init(segments: 1, votes: 1, chains: 1, solved: solved, count: 40, flops: 1, seconds: 1)
      ])
    }
    let probe = try ProbeFindings(study: JSON(parsing: ContenderTests.study))
    let first = try home.board.attach(to: entry, scaling: curve(3), probe: nil)
    try home.board.export(first, signedBy: key, to: home["first.jsonl"])
    // Within the same second, and still later.
    let last = try home.board.attach(to: entry, scaling: curve(4), probe: probe)
    try home.board.export(last, signedBy: key, to: home["last.jsonl"])
    func take(_ name: String) throws -> Entry {
      try away.board.importEntry(from: home[name], signedBy: key.publicKey)
    }
    #expect(try take("first.jsonl").participant.scaling == curve(3))
    let arrived = try take("last.jsonl")
    #expect(arrived.participant == last.participant)
    for older in ["first.jsonl", "entry.jsonl"] {
      let message = away.failure { _ = try take(older) }
      #expect(message.contains("newer measurements") && message.contains("stay"), "\(message)")
    }
    #expect(away.failure { _ = try take("last.jsonl") }.contains("already"))
    #expect(try away.board.entries(of: away.benchmark.id) == [arrived])
  }

  @Test("Of two exports of which none tells its time, the later import loses nothing")
  func undatedMeasurementsAddUp() throws {
    func take(_ scaling: ScalingCurve?, _ probe: ProbeFindings?, _ name: String) throws -> Entry {
      let measured = try Entry(
        benchmark: entry.benchmark,
        participant: Participant(agent: "traveller", seed: 3, scaling: scaling, probe: probe),
        predictionsHash: entry.predictionsHash, submitted: entry.submitted, results: entry.results)
      try home.board.export(measured, signedBy: key, to: home[name])
      return try away.board.importEntry(from: home[name], signedBy: key.publicKey)
    }
    let curve = try ScalingCurve([
      .init(segments: 1, votes: 1, chains: 1, solved: 3, count: 40, flops: 1, seconds: 1)
    ])
    let probe = try ProbeFindings(study: JSON(parsing: ContenderTests.study))
    _ = try take(curve, nil, "curve.jsonl")
    let both = try take(nil, probe, "probe.jsonl").participant
    #expect(both.scaling == curve && both.probe == probe && both.attached == nil)
    #expect(away.failure { _ = try take(nil, nil, "nothing.jsonl") }.contains("already"))
  }

  @Test("A changed export is rejected")
  func aChangedEntryIsRefused() throws {
    let lies = [
      "\"agent\":\"traveller\"": "\"agent\":\"impostor\"", "\"seed\":3": "\"seed\":4",
      "\"solved\":39": "\"solved\":40",
      "\"provenance\":\"claimed\"": "\"provenance\":\"measured\"",
    ]
    for (claim, lie) in lies {
      let message = try refusal { $0.replacing(claim, with: lie) }
      #expect(message.contains("header is not what was signed"), "\(claim): \(message)")
    }
    #expect(try refusal { String($0.dropLast(40)) }.contains("predictions are not those"))
    #expect(try refusal { $0 + "\n" }.contains("predictions are not those"))
    #expect(try refusal { "\n" + $0 }.contains("header"))
    let foreign = try BoardKey().publicKey
    #expect(
      try refusal { $0.replacing(key.publicKey, with: foreign) }.contains("is signed by"))
    #expect(try refusal { String($0.drop { $0 != "\n" }.dropFirst()) }.contains("header"))
  }

  @Test("An export signed with an unknown key is rejected")
  func whatAStrangerSignedIsRefused() throws {
    let stranger = try BoardKey()
    try home.board.export(entry, signedBy: stranger, to: home["strange.jsonl"])
    let message = away.failure {
      _ = try away.board.importEntry(from: home["strange.jsonl"], signedBy: key.publicKey)
    }
    #expect(message.contains(stranger.publicKey) && message.contains(key.publicKey))
  }

  @Test("An entry of an unknown benchmark is rejected")
  func anEntryOfAnUnknownBenchmarkIsRefused() throws {
    let other = try Testbed(count: 41)
    let message = other.failure {
      _ = try other.board.importEntry(from: home["entry.jsonl"], signedBy: key.publicKey)
    }
    #expect(message.contains("no benchmark"))
  }

  @Test("A board's key is read as it was written")
  func aKeyIsReadAsItWasWritten() throws {
    try key.write(to: home["key.json"])
    #expect(try BoardKey(contentsOf: home["key.json"]).publicKey == key.publicKey)
    #expect(throws: (any Error).self) { try key.write(to: home["key.json"]) }
    let mode = try FileManager.default.attributesOfItem(atPath: home["key.json"].path)
    #expect(mode[.posixPermissions] as? Int == 0o600)
    try Data("{\"format\":\"reasongym-key@1\",\"private\":\"00\"}".utf8).write(to: home["bad.json"])
    #expect(throws: GymError.self) { try BoardKey(contentsOf: home["bad.json"]) }
  }

  @Test("An entry without a date is not imported")
  func datesAreNeeded() throws {
    let undated = try Entry(
      benchmark: entry.benchmark, participant: entry.participant,
      predictionsHash: entry.predictionsHash, submitted: Date(timeIntervalSince1970: 0),
      results: entry.results)
    try home.board.export(undated, signedBy: key, to: home["undated.jsonl"])
    #expect(throws: (any Error).self) {
      try away.board.importEntry(from: home["undated.jsonl"], signedBy: key.publicKey)
    }
    #expect(try away.board.entries(of: away.benchmark.id).isEmpty)
  }
}
