import Foundation
import GRDB
import Gym
import GymBoards
import GymJSON

/// A row of `benchmarks`.
struct BenchmarkRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "benchmarks"
  static let databaseColumnDecodingStrategy = DatabaseColumnDecodingStrategy.convertFromSnakeCase
  static let databaseColumnEncodingStrategy = DatabaseColumnEncodingStrategy.convertToSnakeCase

  let id, name, task, settings, split, dataHash: String
  let count: Int
  let heldBack: Bool
  let levels: String
  /// In seconds since 1970.
  let created: Int64
  let cells, tokens: Int
  let ratings: Data
  /// Nil in a board of schema 1 that is opened for reading.
  let sealed: Bool?
  /// Nil in a board of schema 1 or 2 that is opened for reading.
  let origin: String?

  init(_ draft: BenchmarkDraft) throws {
    let benchmark = draft.benchmark
    (id, name, task) = (benchmark.id, benchmark.name, benchmark.task.description)
    (split, dataHash, count) = (benchmark.split, benchmark.dataHash, benchmark.count)
    (settings, levels) = (benchmark.settings.text(), benchmark.levelsJSON.text())
    (heldBack, sealed) = (benchmark.isHeldBack, benchmark.answers == .sealed)
    (created, origin) = (Int64(benchmark.created.timeIntervalSince1970), benchmark.origin)
    (cells, tokens) = (draft.task.grid.cells, draft.task.vocabulary.count)
    ratings = Data(
      ExampleCodec.bytes(ratings: try (0..<benchmark.count).map { try draft.example($0).rating }))
  }
}

extension Benchmark {
  init(_ record: BenchmarkRecord) throws {
    guard let task = PluginID(record.task) else {
      throw GymError("a benchmark's task is \(JSON.string(String(record.task.prefix(80))))")
    }
    try self.init(
      name: record.name, task: task, settings: JSON(parsing: record.settings),
      split: record.split, dataHash: record.dataHash, count: record.count,
      answers: record.sealed == true ? .sealed : record.heldBack ? .heldBack : .open,
      levels: Benchmark.levels(JSON(parsing: record.levels)),
      created: Date(timeIntervalSince1970: Double(record.created)), origin: record.origin ?? "")
    guard id == record.id else {
      throw GymError("the benchmark \(name) is not what its id says")
    }
  }
}

/// A row of `demonstrations`: those of one puzzle.
struct DemonstrationsRecord: Codable, FetchableRecord, TableRecord {
  static let databaseTableName = "demonstrations"

  let puzzle: Int
  let data: Data
}

/// A row of `entries` without its number.
struct EntryRecord: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "entries"
  static let databaseColumnDecodingStrategy = DatabaseColumnDecodingStrategy.convertFromSnakeCase
  static let databaseColumnEncodingStrategy = DatabaseColumnEncodingStrategy.convertToSnakeCase

  let id, benchmark, agent, participant, predictionsHash: String
  /// In seconds since 1970.
  let submitted: Int64
  let signer: String?
  let solved, answered: Data
  let findings: String
  let findingBits, wrongCells: Data
  let cellAccuracy, meanSegments: Double

  /// The column of the participant has the name that participants had in the first schema.
  private enum CodingKeys: String, CodingKey {
    case id, benchmark, agent, predictionsHash, submitted, signer, solved, answered, findings
    case participant = "contestant"
    case findingBits, wrongCells, cellAccuracy, meanSegments
  }

  init(_ entry: Entry) throws {
    let results = entry.results
    (id, benchmark, agent) = (entry.id, entry.benchmark, entry.participant.agent)
    (participant, predictionsHash) = (entry.participant.json.text(), entry.predictionsHash)
    (submitted, signer) = (Int64(entry.submitted.timeIntervalSince1970), entry.signer)
    (solved, answered) = (Data(results.solved.bytes), Data(results.answered.bytes))
    findings = JSON.array(results.findings.map { .string($0.name) }).text()
    findingBits = Data(results.findings.flatMap(\.holds.bytes))
    wrongCells = results.wrongCellBytes
    (cellAccuracy, meanSegments) = (results.cellAccuracy, results.meanSegments)
  }
}

extension Entry {
  /// An entry for `count` puzzles.
  init(_ record: EntryRecord, count: Int) throws {
    try self.init(
      benchmark: record.benchmark, participant: Participant(JSON(parsing: record.participant)),
      predictionsHash: record.predictionsHash,
      submitted: Date(timeIntervalSince1970: Double(record.submitted)),
      results: Results(record, count: count), signer: record.signer)
    guard id == record.id, record.submitted > 0 else {
      throw GymError("an entry of \(participant.agent) is not what its id says, or has no date")
    }
  }
}

extension Results {
  fileprivate init(_ record: EntryRecord, count: Int) throws {
    let names = try JSON(parsing: record.findings).array?.compactMap(\.string) ?? []
    let (bits, wrong) = (record.findingBits, record.wrongCells)
    let size = (count + 63) / 64 * 8
    guard let solved = BitSet(bytes: Array(record.solved), count: count),
      let answered = BitSet(bytes: Array(record.answered), count: count),
      bits.count == size * names.count, wrong.count == 2 * count,
      (0...1).contains(record.cellAccuracy),
      (0...Double(PredictionParser.maximumSegments)).contains(record.meanSegments)
    else { throw GymError("an entry's verdicts are damaged") }
    self.init(
      solved: solved, answered: answered,
      findings: try names.enumerated().map { index, name in
        let part = Array(bits.dropFirst(index * size).prefix(size))
        guard let holds = BitSet(bytes: part, count: count) else {
          throw GymError("an entry's findings are damaged")
        }
        return Finding(name: name, holds: holds)
      },
      wrongCells: wrong.withUnsafeBytes { bytes in
        (0..<count).map {
          UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self))
        }
      },
      cellAccuracy: record.cellAccuracy, meanSegments: record.meanSegments)
  }

  /// The wrong cells as little-endian bytes.
  fileprivate var wrongCellBytes: Data {
    Data(
      wrongCells.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
  }
}
