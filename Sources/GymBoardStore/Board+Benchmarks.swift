import Foundation
import GRDB
import Gym
import GymBoards
import GymJSON

extension Board {
  /// Adds a benchmark with its puzzles.
  ///
  /// - Throws: a `GymError` if the board has a benchmark with that name or with the same puzzles.
  public func add(_ draft: BenchmarkDraft) throws {
    let benchmark = draft.benchmark
    let codec = ExampleCodec(draft.packing)
    try write { db in
      let twin = try BenchmarkRecord.select(Column("name"), as: String.self)
        .filter(Column("name") == benchmark.name || Column("id") == benchmark.id).fetchOne(db)
      if let name = twin {
        throw GymError(
          name == benchmark.name
            ? "there is a benchmark \(name) already"
            : "the benchmark \(name) has the same puzzles under the same rules", at: url.path)
      }
      try BenchmarkRecord(draft).insert(db)
      for range in Chunks(benchmark.count) {
        let bytes = codec.bytes(try range.map(draft.example))
        try db.execute(
          sql: "INSERT INTO puzzles (benchmark, chunk, data) VALUES (?,?,?)",
          arguments: [benchmark.id, range.lowerBound / Schema.chunk, Data(bytes)])
      }
      for index in 0..<benchmark.count {
        let shown = try draft.demonstrations(for: index)
        guard !shown.isEmpty else { continue }
        try db.execute(
          sql: "INSERT INTO demonstrations (benchmark, puzzle, data) VALUES (?,?,?)",
          arguments: [benchmark.id, index, Data(codec.bytes(shown))])
      }
    }
  }

  public func benchmarks() throws -> [Benchmark] {
    try read { db in
      try BenchmarkRecord.order(Column("created"), Column("name")).fetchAll(db)
        .map { try Benchmark($0) }
    }
  }

  public func ratings(of benchmark: Benchmark.ID) throws -> [Double?] {
    let found = try self.benchmark(benchmark)
    return try read { try ratings(of: found, $0) }
  }

  public func puzzles(of benchmark: Benchmark.ID, in range: Range<Int>) throws -> [Example] {
    let found = try self.benchmark(benchmark)
    let examples = try examples(of: found, in: range)
    guard found.isHeldBack else { return examples }
    return examples.map { Example(question: $0.question, answer: [], rating: $0.rating) }
  }

  public func demonstrations(
    of benchmark: Benchmark.ID, in range: Range<Int>
  ) throws -> [[Example]] {
    let found = try self.benchmark(benchmark)
    try checkRange(range, of: found)
    return try read { db in
      // A board that an older program wrote, opened for reading, has no such table.
      guard try db.tableExists("demonstrations") else { return range.map { _ in [] } }
      let packing = try packing(of: found, db)
      let records = try DemonstrationsRecord.filter(Column("benchmark") == benchmark)
        .filter(range.contains(Column("puzzle"))).fetchAll(db)
      let shown = try records.map { record in
        let bytes = Array(record.data)
        let count = bytes.count / max(1, 2 * packing.byteCount)
        return (record.puzzle, try ExampleCodec(packing).examples(bytes, count: count))
      }
      let known = Dictionary(shown) { first, _ in first }
      return range.map { known[$0] ?? [] }
    }
  }

  /// A benchmark by its id.
  ///
  /// - Throws: a `GymError` if there is none.
  public func benchmark(_ id: Benchmark.ID) throws -> Benchmark {
    guard let record = try read({ try BenchmarkRecord.fetchOne($0, key: id) }) else {
      throw missing(id)
    }
    return try Benchmark(record)
  }

  /// Puzzles with their answers, even of a held-back benchmark; a sealed one has none.
  func examples(of benchmark: Benchmark, in range: Range<Int>) throws -> [Example] {
    try checkRange(range, of: benchmark)
    return try read { db in
      let codec = ExampleCodec(try packing(of: benchmark, db))
      let ratings = try ratings(of: benchmark, db)
      return try Chunks(benchmark.count).covering(range).flatMap { chunk -> [Example] in
        let data = try Data.fetchOne(
          db, sql: "SELECT data FROM puzzles WHERE benchmark = ? AND chunk = ?",
          arguments: [benchmark.id, chunk.lowerBound / Schema.chunk])
        let examples = try codec.examples(Array(data ?? Data()), count: chunk.count)
        return chunk.clamped(to: range).map { index in
          var example = examples[index - chunk.lowerBound]
          if benchmark.answers == .sealed { example.answer = [] }
          example.rating = ratings.isEmpty ? nil : ratings[index]
          return example
        }
      }
    }
  }

  /// The ratings of a benchmark's puzzles, or none.
  private func ratings(of benchmark: Benchmark, _ db: GRDB.Database) throws -> [Double?] {
    let bytes: Data? = try value("ratings", of: benchmark.id, db)
    let ratings = try ExampleCodec.ratings(Array(bytes ?? Data()))
    guard ratings.isEmpty || ratings.count == benchmark.count else {
      throw GymError(
        "the board is damaged: it has \(ratings.count) ratings", at: url.path,
        expected: "\(benchmark.count), one for each puzzle", remedy: "Restore it from a copy")
    }
    return ratings
  }

  /// The packing of a benchmark's tokens.
  func packing(of benchmark: Benchmark, _ db: GRDB.Database) throws -> TokenPacking {
    guard let cells: Int = try value("cells", of: benchmark.id, db),
      let tokens: Int = try value("tokens", of: benchmark.id, db),
      (1...65_536).contains(cells), (1...255).contains(tokens)
    else { throw missing(benchmark.id) }
    return TokenPacking(cells: cells, vocabularyCount: tokens)
  }

  /// One column of a benchmark; nil if there is no such benchmark.
  private func value<Value: DatabaseValueConvertible>(
    _ column: String, of benchmark: Benchmark.ID, _ db: GRDB.Database
  ) throws -> Value? {
    try BenchmarkRecord.select(Column(column), as: Value.self).filter(key: benchmark).fetchOne(db)
  }

  func checkRange(_ range: Range<Int>, of benchmark: Benchmark) throws {
    guard range.lowerBound >= 0, range.upperBound <= benchmark.count else {
      throw GymError(
        "there are no puzzles \(range)", at: url.path, expected: "within 0..<\(benchmark.count)")
    }
  }

  private func missing(_ id: String) -> GymError {
    GymError("there is no benchmark \(JSON.string(String(id.prefix(64))))", at: url.path)
  }
}
