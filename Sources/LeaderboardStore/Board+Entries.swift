import Foundation
import GRDB
import Gym
import JSON
import Leaderboard

extension Board {
  public func entries(of benchmark: Benchmark.ID) throws -> [Entry] {
    let count = try self.benchmark(benchmark).count
    return try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT * FROM entries WHERE benchmark = ? ORDER BY submitted, number",
        arguments: [benchmark])
      var entries: [Entry] = []
      while let row = try rows.next() { entries.append(try Entry(row, count: count)) }
      return entries
    }
  }

  /// The number of entries of a benchmark.
  public func entryCount(of benchmark: Benchmark.ID) throws -> Int {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM entries WHERE benchmark = ?", arguments: [benchmark]) ?? 0
    }
  }

  /// The entry whose id starts with the given digits.
  ///
  /// - Throws: a `GymError` if there is none, or several.
  public func entry(_ prefix: String) throws -> Entry {
    let isPrefix =
      (4...64).contains(prefix.utf8.count)
      && prefix.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    let rows =
      isPrefix
      ? try read { db in
        try Row.fetchAll(
          db,
          sql: """
            SELECT entries.*, count FROM entries JOIN benchmarks ON benchmarks.id = benchmark
            WHERE substr(entries.id, 1, ?) = ? LIMIT 2
            """, arguments: [prefix.utf8.count, prefix])
      } : []
    guard let row = rows.first, rows.count == 1 else {
      throw GymError(
        rows.isEmpty
          ? "there is no entry \(JSON.string(String(prefix.prefix(64))))"
          : "several entries begin with \(prefix)", at: url.path,
        expected: "4 or more hexadecimal digits of an entry's id",
        remedy: "`reasongym leaderboard show` lists them")
    }
    return try Entry(row, count: row["count"])
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
        return chunk.clamped(to: range).map { predictions[$0 - chunk.lowerBound] }
      }
    }
  }

  private func benchmark(ofEntry entry: Entry.ID) throws -> Benchmark {
    let row = try read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT benchmarks.* FROM benchmarks JOIN entries ON benchmark = benchmarks.id
          WHERE entries.id = ?
          """, arguments: [entry])
    }
    guard let row else {
      throw GymError(
        "there is no entry \(JSON.string(String(entry.prefix(64))))", at: url.path,
        expected: "an entry's whole id")
    }
    return try Benchmark(row)
  }
}
