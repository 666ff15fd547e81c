import Foundation
import GRDB
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymJSON
import Synchronization
import Testing

@Suite struct StoreTests {
  private let bed: Testbed

  init() throws {
    bed = try Testbed()
  }

  private var file: URL { bed.board.url }

  private func open(_ url: URL, _ access: Board.Access = .reading) throws -> Board {
    try Board(url, for: access, tasks: Testbed.tasks)
  }

  /// The message with which a file is rejected; the file must stay unchanged.
  private func refusal(of bytes: Data, _ access: Board.Access) throws -> String {
    let url = bed["odd-\(UUID().uuidString).db"]
    try bytes.write(to: url)
    var message = "it was opened"
    do {
      _ = try open(url, access)
    } catch let error as GymError {
      message = "\(error)"
    }
    #expect(try Data(contentsOf: url) == bytes)
    return message
  }

  /// The board's bytes, with everything of the log in them.
  private func wholeFile() throws -> Data {
    let other = try Testbed(count: 2000)
    try other.submit(other.lines())
    try other.board.close()
    return try Data(contentsOf: other.board.url)
  }

  @Test("A written entry is visible to other connections")
  func whatIsWrittenIsThereForOthers() throws {
    let entry = try bed.submit(bed.lines())
    let other = try open(file)
    #expect(try other.entries(of: bed.benchmark.id) == [entry])
    #expect(try other.benchmarks() == [bed.benchmark])
    #expect(throws: GymError.self) {
      try other.submit(
        Submission(Participant(agent: "x"), predictions: .bytes(Data(bed.lines().utf8))),
        to: bed.benchmark.id)
    }
  }

  @Test("Adding a benchmark twice is an error")
  func aBenchmarkIsAddedOnce() throws {
    let split = try Dataset(bed["data"]).split("test")
    for name in ["successor", "another"] {
      let draft = try BenchmarkDraft(name: name, task: Successor(), split: split)
      #expect(throws: GymError.self) { try bed.board.add(draft) }
    }
    #expect(try bed.board.benchmarks().count == 1)
    #expect(throws: GymError.self) { try Board.create(file, tasks: Testbed.tasks) }
  }

  @Test("Files that are not boards are rejected", arguments: [Board.Access.reading, .writing])
  func filesThatAreNoBoard(access: Board.Access) throws {
    #expect(try refusal(of: Data(), access).contains("not a leaderboard"))
    #expect(try refusal(of: Data("hello".utf8), access).contains("not a leaderboard"))
    #expect(try refusal(of: Data("SQLite format 3\0".utf8), access).contains("damaged"))
    #expect(throws: GymError.self) { try open(bed["missing.db"], access) }
    #expect(throws: GymError.self) { try open(bed["data"], access) }
  }

  @Test(
    "Damaged boards and boards of a newer version are rejected",
    arguments: [Board.Access.reading, .writing])
  func damagedAndNewerBoards(access: Board.Access) throws {
    let whole = try wholeFile()
    #expect(whole.count > 10 * 4096)
    var newer = whole
    // Bytes 60 to 63 hold user_version, 68 to 71 application_id, as SQLite's format says.
    newer[63] = 200
    #expect(try refusal(of: newer, access).contains("schema 200"))
    var foreign = whole
    foreign[68] ^= 1
    #expect(try refusal(of: foreign, access).contains("not a leaderboard"))
    #expect(try refusal(of: whole.prefix(whole.count / 2), access).contains("damaged"))
    var torn = whole
    for page in 1..<whole.count / 4096 {
      torn.replaceSubrange(page * 4096..<page * 4096 + 64, with: Data(repeating: 0xA5, count: 64))
    }
    #expect(try refusal(of: torn, access).contains("damaged"))
    let url = bed["good.db"]
    try whole.write(to: url)
    #expect(try open(url, access).benchmarks().count == 1)
  }

  @Test(
    "Boards that somebody changed are refused, never a crash",
    arguments: [
      "benchmarks SET ratings = zeroblob(8)", "benchmarks SET created = NULL",
      "benchmarks SET cells = NULL", "benchmarks SET name = x'ff'",
      "entries SET contestant = NULL", "entries SET submitted = 'soon'",
      "entries SET mean_segments = 9e999", "entries SET cell_accuracy = -1",
      "entries SET solved = zeroblob(3)", "puzzles SET data = 'none'",
      "predictions SET data = zeroblob(2)",
    ])
  func changedBoards(change: String) throws {
    try bed.submit(bed.lines())
    try bed.board.close()
    let url = bed["board.db"]
    func readAll() throws {
      let board = try open(url, .reading)
      let benchmark = try #require(try board.benchmarks().first)
      let entries = try board.entries(of: benchmark.id)
      _ = Ranking(entries, on: benchmark, ratings: try board.ratings(of: benchmark.id))
      _ = try board.puzzles(of: benchmark.id, in: 0..<3)
      _ = try board.predictions(of: entries.map(\.id), in: 0..<3)
    }
    try readAll()
    // The schema is the file's own, so that nothing in it is sure.
    let queue = try DatabaseQueue(path: url.path)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA writable_schema = ON;
          UPDATE sqlite_master SET sql = replace(replace(sql, ' NOT NULL', ''), ' STRICT', '');
          PRAGMA writable_schema = RESET;
          """)
      try db.execute(sql: "UPDATE \(change)")
    }
    try queue.close()
    #expect(throws: GymError.self) { try readAll() }
  }

  @Test("Concurrent writers lose nothing")
  func severalWritersLoseNothing() throws {
    let (writers, each) = (4, 6)
    let errors = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: writers) { writer in
      do {
        let board = try open(file, .writing)
        for number in 0..<each {
          let participant = try Participant(agent: "writer \(writer)", seed: UInt64(number))
          _ = try board.submit(
            Submission(participant, predictions: .bytes(Data(bed.lines { $0 > number }.utf8))),
            to: bed.benchmark.id)
        }
      } catch {
        errors.withLock { $0.append("\(error)") }
      }
    }
    #expect(errors.withLock { $0 } == [])
    let entries = try open(file).entries(of: bed.benchmark.id)
    #expect(entries.count == writers * each)
    #expect(Set(entries.map(\.id)).count == writers * each)
    for entry in entries {
      #expect(entry.results.solvedCount == 39 - Int(entry.participant.seed ?? 99))
    }
  }

  /// A crash leaves the file and its log as they are at some moment; a copy of both, taken
  /// while the board is open, is equivalent.
  @Test("A crash loses no acknowledged entry")
  func aCrashLosesNothingThatWasAcknowledged() throws {
    for round in 0..<8 {
      try bed.submit(bed.lines { $0 > round }, seed: UInt64(round))
      let copy = bed["crash-\(round).db"]
      for suffix in ["", "-wal"] {
        let source = URL(fileURLWithPath: file.path + suffix)
        guard FileManager.default.fileExists(atPath: source.path) else { continue }
        var bytes = try Data(contentsOf: source)
        // An unfinished transaction leaves an incomplete end.
        if suffix == "-wal" { bytes += Data(repeating: UInt8(round), count: 1000 * round) }
        try bytes.write(to: URL(fileURLWithPath: copy.path + suffix))
      }
      let board = try open(copy, .writing)
      #expect(try board.entries(of: bed.benchmark.id).count == round + 1)
    }
  }

  @Test("Measurements that are attached by an old copy of an entry do not erase others")
  func attachmentsAddUp() throws {
    let entry = try bed.submit(bed.lines())
    let curve = try ScalingCurve([
      .init(segments: 1, votes: 1, chains: 1, solved: 1, count: 2, flops: 1, seconds: 1)
    ])
    let probe = try ProbeFindings(study: JSON(parsing: ContenderTests.study))
    _ = try bed.board.attach(to: entry, scaling: curve, probe: nil)
    let both = try bed.board.attach(to: entry, scaling: nil, probe: probe)
    #expect(both.participant.scaling == curve && both.participant.probe == probe)
  }
}
