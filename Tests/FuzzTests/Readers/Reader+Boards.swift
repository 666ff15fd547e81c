import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymJSON

extension Reader {
  static let predictions = Reader(name: "predictions") {
    let board = try Sample.made.get()
    return [board.lines]
      + bytes(
        #"{"id":"test/0","answer":[[1,2,3,4],[3,4,1,2],[2,1,4,3],[4,3,2,1]],"tokens":3}"#,
        #"{"id":"test/1","answer":"12 34\n34 12\n21 43\n43 21","thoughts":["1234341221434321"]}"#,
        #"{"id":"test/2","answer":null,"failure":"no","confidence":0.5,"segments":2}"#)
  } read: { bytes in
    let board = try Sample.made.get()
    let parser = PredictionParser(benchmark: board.benchmark, task: small)
    let read = try board.read(bytes)
    for (index, prediction) in read.enumerated() {
      guard let prediction else { continue }
      let line = try parser.canonicalLine(prediction, index: index)
      let again = try parser.parse(JSON(parsing: line.dropLast()))
      try expect(
        again.index == index && parser.canonicalLine(again.prediction, index: index) == line,
        "the kept line is read otherwise")
    }
  }

  /// An exported entry, signed anew, so that damage gets past the signature.
  static let imported = Reader(name: "imports") {
    let board = try Sample.made.get()
    return [try EntryHeader.line(board.entry, key: board.key) + board.lines]
  } read: { bytes in
    let board = try Sample.made.get()
    let end = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
    let lines = Data(bytes[end...].dropFirst())
    let header = try JSON(parsing: Array(bytes[..<end]), limits: JSON.Limits(depth: 32))
    guard var members = header.object else { throw GymError("no header") }
    members["signature"] = nil
    members["signer"] = .string(board.key.publicKey)
    members["predictions"] = .string(Hexadecimal.text(try SHA256.hash(lines)))
    let signed = try ContentID.canonicalText(of: .object(members))
    members["signature"] = .string(try board.key.signature(of: signed))
    let text = Array(try JSON.object(members).bytes()) + [0x0A] + lines
    let (read, rest) = try EntryHeader.split(Data(text), signedBy: board.key.publicKey)
    try expect(rest == lines, "other lines than those that were signed")
    _ = try read.participant.claimed()
    _ = try board.read(Array(rest))
  }

  /// What a board stores of answers, puzzles and ratings; the first byte chooses.
  static let stored = Reader(name: "stored") {
    let packing = TokenPacking(cells: 16, vocabularyCount: 6)
    let cells = [UInt8](repeating: 3, count: 16)
    let full = Prediction(
      answer: cells, confidence: 0.5, segments: 300, thoughts: [cells, cells], failure: "no",
      cost: ComputeCost(tokens: 70_000))
    return [
      [0] + PredictionCodec(packing).bytes([full, nil, Prediction(answer: nil)]),
      [1] + ExampleCodec(packing).bytes([Example(question: cells, answer: cells)]),
      [2] + ExampleCodec.bytes(ratings: [1.5, nil]),
    ]
  } read: { bytes in
    let (choice, content) = (Int(bytes.first ?? 0), Array(bytes.dropFirst()))
    let packing = TokenPacking(cells: 16, vocabularyCount: 6)
    let count = choice / 3 == 0 ? 3 : choice / 3
    switch choice % 3 {
    case 0:
      let codec = PredictionCodec(packing)
      let read = try codec.predictions(content, count: count)
      let again = try codec.predictions(codec.bytes(read), count: count)
      try expect(codec.bytes(again) == codec.bytes(read), "it reads back otherwise")
    case 1:
      let codec = ExampleCodec(packing)
      let read = try codec.examples(content, count: content.count / (2 * packing.byteCount))
      try expect(codec.bytes(read).count == content.count, "it reads back otherwise")
    default: _ = try ExampleCodec.ratings(content)
    }
  }

  static let participant = Reader(name: "participant") {
    bytes(
      #"{"agent":"a","configuration":{"b":[1]},"seed":18446744073709551615,"code-version":"c","#
        + #""uses-rules":true,"ledger":{},"command":"d","machine":"e"}"#,
      #"{"agent":"hrm","curve":[{"step":1,"loss":0.5,"exact":0.25}]}"#)
  } read: { bytes in
    let participant = try Participant(JSON(parsing: bytes, limits: JSON.Limits(depth: 16)))
    try expect(try Participant(participant.json) == participant, "it reads back otherwise")
    _ = try participant.claimed()
  }

  /// The file of a board.
  static let board = Reader(name: "board") {
    [try Sample.made.get().file]
  } read: { bytes in
    let url = try file("board.db", bytes)
    for end in ["-wal", "-shm", "-journal"] { unlink(url.path + end) }
    let board = try Board(url, for: .reading) { _, _ in small }
    defer { try? board.close() }
    for benchmark in try board.benchmarks() {
      let entries = try board.entries(of: benchmark.id)
      let ratings = try board.ratings(of: benchmark.id)
      _ = Ranking(entries, on: benchmark, ratings: ratings)
      let range = 0..<min(benchmark.count, 9)
      _ = try board.puzzles(of: benchmark.id, in: range)
      _ = try board.predictions(of: entries.map(\.id), in: range)
    }
  }

  /// A board of three small puzzles with one entry.
  private struct Sample: Sendable {
    let benchmark: Benchmark
    let entry: Entry
    let key: BoardKey
    let lines: [UInt8]
    let file: [UInt8]

    static let made = Result<Sample, any Error> { try Sample() }

    private init() throws {
      key = try BoardKey()
      let url = Reader.folder.appendingPathComponent("sample")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      let data = url.appendingPathComponent("data")
      _ = try DatasetGenerator(counts: ["test": 3], seed: 1)
        .generate(small, to: data, control: WorkControl(workers: 1))
      let draft = try BenchmarkDraft(
        name: "sample", task: small, split: Dataset(data).split("test"))
      let place = url.appendingPathComponent("sample.db")
      let board = try Board.create(place) { _, _ in small }
      try board.add(draft)
      let parser = PredictionParser(benchmark: draft.benchmark, task: small)
      lines = try (0..<3).flatMap { index in
        try parser.canonicalLine(
          Prediction(answer: draft.example(index).answer, confidence: 0.5), index: index)
      }
      entry = try board.submit(
        Submission(Participant(agent: "sample", seed: 1), predictions: .bytes(Data(lines))),
        to: draft.benchmark.id)
      try board.close()
      benchmark = draft.benchmark
      file = Array(try Data(contentsOf: place))
    }

    func read(_ lines: [UInt8]) throws -> [Prediction?] {
      try SubmissionReader(benchmark: benchmark, task: small).read(
        Submission(entry.participant, predictions: .bytes(Data(lines))))
    }
  }
}
