import Foundation
import GRDB
import Gym
import JSON
import Leaderboard

extension Board {
  /// Adds a benchmark with its puzzles.
  ///
  /// - Throws: a `GymError` if the board has a benchmark with that name or with the same puzzles.
  public func add(_ draft: BenchmarkDraft) throws {
    let benchmark = draft.benchmark
    let codec = ExampleCodec(draft.packing)
    try write { db in
      let others = try Row.fetchAll(
        db, sql: "SELECT name, id FROM benchmarks WHERE name = ? OR id = ?",
        arguments: [benchmark.name, benchmark.id])
      if let other = others.first {
        let name: String = other["name"]
        throw GymError(
          name == benchmark.name
            ? "there is a benchmark \(name) already"
            : "the benchmark \(name) has the same puzzles under the same rules", at: url.path)
      }
      let ratings = try (0..<benchmark.count).map { try draft.example($0).rating }
      try db.execute(
        sql: """
          INSERT INTO benchmarks (id, name, task, settings, split, data_hash, count, held_back,
            levels, created, cells, tokens, ratings, sealed, origin)
          VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
          """,
        arguments: [
          benchmark.id, benchmark.name, benchmark.task.description, benchmark.settings.text(),
          benchmark.split, benchmark.dataHash, benchmark.count, benchmark.isHeldBack,
          benchmark.levelsJSON.text(), Int64(benchmark.created.timeIntervalSince1970),
          draft.task.grid.cells, draft.task.vocabulary.count,
          Data(ExampleCodec.bytes(ratings: ratings)), benchmark.answers == .sealed,
          benchmark.origin,
        ])
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
      try Row.fetchAll(db, sql: "SELECT * FROM benchmarks ORDER BY created, name")
        .map { try Benchmark($0) }
    }
  }

  public func ratings(of benchmark: Benchmark.ID) throws -> [Double?] {
    let bytes = try read { db in
      try Data.fetchOne(
        db, sql: "SELECT ratings FROM benchmarks WHERE id = ?", arguments: [benchmark])
    }
    guard let bytes else { throw missing(benchmark) }
    return try ExampleCodec.ratings(Array(bytes))
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
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT puzzle, data FROM demonstrations WHERE benchmark = ? AND puzzle BETWEEN ? AND ?
          """, arguments: [benchmark, range.lowerBound, range.upperBound - 1])
      let shown = try rows.map { row in
        let bytes = Array(row["data"] as Data)
        let count = bytes.count / max(1, 2 * packing.byteCount)
        return (row["puzzle"] as Int, try ExampleCodec(packing).examples(bytes, count: count))
      }
      let known = Dictionary(shown) { first, _ in first }
      return range.map { known[$0] ?? [] }
    }
  }

  /// A benchmark by its id.
  ///
  /// - Throws: a `GymError` if there is none.
  public func benchmark(_ id: Benchmark.ID) throws -> Benchmark {
    let row = try read { db in
      try Row.fetchOne(db, sql: "SELECT * FROM benchmarks WHERE id = ?", arguments: [id])
    }
    guard let row else { throw missing(id) }
    return try Benchmark(row)
  }

  /// Puzzles with their answers, even of a held-back benchmark; a sealed one has none.
  func examples(of benchmark: Benchmark, in range: Range<Int>) throws -> [Example] {
    try checkRange(range, of: benchmark)
    return try read { db in
      let codec = ExampleCodec(try packing(of: benchmark, db))
      let ratings =
        try Data.fetchOne(
          db, sql: "SELECT ratings FROM benchmarks WHERE id = ?", arguments: [benchmark.id]
        )
        .map { try ExampleCodec.ratings(Array($0)) } ?? []
      return try Chunks(benchmark.count).covering(range).flatMap { chunk -> [Example] in
        let data = try Data.fetchOne(
          db, sql: "SELECT data FROM puzzles WHERE benchmark = ? AND chunk = ?",
          arguments: [benchmark.id, chunk.lowerBound / Schema.chunk])
        let examples = try codec.examples(Array(data ?? Data()), count: chunk.count)
        return chunk.clamped(to: range).map { index in
          var example = examples[index - chunk.lowerBound]
          if benchmark.answers == .sealed { example.answer = [] }
          example.rating = ratings.indices.contains(index) ? ratings[index] : nil
          return example
        }
      }
    }
  }

  /// The packing of a benchmark's tokens.
  func packing(of benchmark: Benchmark, _ db: GRDB.Database) throws -> TokenPacking {
    let row = try Row.fetchOne(
      db, sql: "SELECT cells, tokens FROM benchmarks WHERE id = ?", arguments: [benchmark.id])
    guard let cells: Int = row?["cells"], let tokens: Int = row?["tokens"],
      (1...65_536).contains(cells), (1...255).contains(tokens)
    else { throw missing(benchmark.id) }
    return TokenPacking(cells: cells, vocabularyCount: tokens)
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
