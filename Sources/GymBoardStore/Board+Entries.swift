import Foundation
import GRDB
import Gym
import GymBoards
import GymJSON

extension Board {
  public func entries(of benchmark: Benchmark.ID) throws -> [Entry] {
    let count = try self.benchmark(benchmark).count
    return try read { db in
      let records = try EntryRecord.filter(Column("benchmark") == benchmark)
        .order(Column("submitted"), Column("number")).fetchCursor(db)
      return try Array(records.map { try Entry($0, count: count) })
    }
  }

  /// The number of entries of a benchmark.
  public func entryCount(of benchmark: Benchmark.ID) throws -> Int {
    try read { db in
      try EntryRecord.filter(Column("benchmark") == benchmark).fetchCount(db)
    }
  }

  /// The entry whose id starts with the given digits.
  ///
  /// - Throws: a `GymError` if there is none, or several.
  public func entry(_ prefix: String) throws -> Entry {
    let isPrefix =
      (4...64).contains(prefix.utf8.count)
      && prefix.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    let records =
      isPrefix
      ? try read { try EntryRecord.filter(Column("id").like(prefix + "%")).limit(2).fetchAll($0) }
      : []
    guard let record = records.first, records.count == 1 else {
      throw GymError(
        records.isEmpty
          ? "there is no entry \(JSON.string(String(prefix.prefix(64))))"
          : "several entries begin with \(prefix)", at: url.path,
        expected: "4 or more hexadecimal digits of an entry's id",
        remedy: "`reasongym leaderboard show` lists them")
    }
    return try Entry(record, count: self.benchmark(record.benchmark).count)
  }

  /// Adds measurements to an entry, in place of earlier ones of the same kind; its id stays.
  ///
  /// - Throws: a `GymError` if another board signed the entry as it is.
  public func attach(
    to entry: Entry, scaling: ScalingCurve?, probe: ProbeFindings?
  ) throws -> Entry {
    try write { db in
      // The entry as it is now: another process may have attached something since it was read.
      guard let record = try EntryRecord.filter(Column("id") == entry.id).fetchOne(db) else {
        throw GymError("there is no entry \(entry.shortID)", at: url.path)
      }
      guard record.signer == nil else {
        throw GymError(
          "entry \(entry.shortID) was signed by another board as it is", at: url.path,
          remedy: "Attach the measurements on that board, and export the entry again")
      }
      let participant = try Participant(JSON(parsing: record.participant))
        .measured(scaling: scaling, probe: probe)
      try Self.setParticipant(participant, of: entry.id, in: db)
    }
    return try self.entry(entry.id)
  }

  /// Stores what an arriving copy of an entry says of its participant, unless the board has a later
  /// version; the entry's id stays.
  ///
  /// - Returns: the entry as it is now; nil if nothing changed.
  /// - Throws: a `GymError` if the board's version is the later one.
  func update(by entry: Entry) throws -> Entry? {
    let isNew = try write { db -> Bool in
      guard let record = try EntryRecord.filter(Column("id") == entry.id).fetchOne(db) else {
        throw GymError("there is no entry \(entry.shortID)", at: url.path)
      }
      let own = try Participant(JSON(parsing: record.participant))
      guard let participant = try own.updated(by: entry.participant) else {
        throw GymError(
          "the board has newer measurements of entry \(entry.shortID) than this export; they stay",
          expected: own.attached.map { "an export made after \($0.formatted(.iso8601))" },
          remedy: "Get the export again from its board")
      }
      guard participant != own else { return false }
      try Self.setParticipant(participant, of: entry.id, in: db)
      return true
    }
    return isNew ? try self.entry(entry.id) : nil
  }

  private static func setParticipant(
    _ participant: Participant, of entry: Entry.ID, in db: Database
  ) throws {
    try db.execute(
      sql: "UPDATE entries SET contestant = ? WHERE id = ?",
      arguments: [participant.json.text(), entry])
  }

  public func predictions(of entries: [Entry.ID], in range: Range<Int>) throws -> [[Prediction]] {
    guard let first = entries.first else { return [] }
    let benchmark = try benchmark(ofEntry: first)
    guard !benchmark.isHeldBack else {
      throw GymError(
        "the answers to \(benchmark.name) are held back", at: url.path,
        remedy: "Only verdicts are shown of it")
    }
    return try keptPredictions(of: entries, on: benchmark, in: range).map { predictions in
      predictions.map { $0 ?? Prediction(answer: nil, segments: 0, failure: "no prediction") }
    }
  }

  /// Predictions as they were submitted, even of a held-back benchmark.
  func keptPredictions(
    of entries: [Entry.ID], on benchmark: Benchmark, in range: Range<Int>
  ) throws -> [[Prediction?]] {
    try checkRange(range, of: benchmark)
    let chunks = Chunks(benchmark.count).covering(range)
    let (codec, data) = try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT data FROM predictions WHERE chunk = ?
          AND entry = (SELECT number FROM entries WHERE id = ? AND benchmark = ?)
          """)
      let data = try entries.map { entry in
        try chunks.map { chunk in
          try Data.fetchOne(
            statement, arguments: [chunk.lowerBound / Schema.chunk, entry, benchmark.id])
        }
      }
      return (PredictionCodec(try packing(of: benchmark, db)), data)
    }
    return try data.map { data in
      try zip(chunks, data).flatMap { chunk, data in
        let predictions = try codec.predictions(Array(data ?? Data()), count: chunk.count)
        let wanted = chunk.clamped(to: range)
        return predictions[
          wanted.lowerBound - chunk.lowerBound..<wanted.upperBound - chunk.lowerBound]
      }
    }
  }

  private func benchmark(ofEntry entry: Entry.ID) throws -> Benchmark {
    let benchmark = try read { db in
      try EntryRecord.select(Column("benchmark"), as: String.self)
        .filter(Column("id") == entry).fetchOne(db)
    }
    guard let benchmark else {
      throw GymError(
        "there is no entry \(JSON.string(String(entry.prefix(64))))", at: url.path,
        expected: "an entry's whole id")
    }
    return try self.benchmark(benchmark)
  }
}
