import Foundation
import GRDB
import Gym
import GymBoards
import GymJSON

extension Board {
  public func submit(_ submission: Submission, to benchmark: Benchmark.ID) throws -> Entry {
    try submit(submission, to: benchmark, told: { _ in })
  }

  /// Judges a submission and stores it.
  ///
  /// - Parameter told: receives notes about unreadable answers, which count as missing.
  public func submit(
    _ submission: Submission, to benchmark: Benchmark.ID, told: (String) -> Void
  ) throws -> Entry {
    let (entry, twin) = try judgeAndInsert(submission, to: benchmark, told: told)
    if let twin { throw twinError(entry, twin) }
    return entry
  }

  /// Judges and stores a submission; nil if the board has these predictions of this participant
  /// already.
  public func submitUnlessPresent(
    _ submission: Submission, to benchmark: Benchmark.ID
  ) throws -> Entry? {
    let (entry, twin) = try judgeAndInsert(submission, to: benchmark, told: { _ in })
    return twin == nil ? entry : nil
  }

  private func judgeAndInsert(
    _ submission: Submission, to benchmark: Benchmark.ID, told: (String) -> Void
  ) throws -> (Entry, twin: Twin?) {
    let benchmark = try self.benchmark(benchmark)
    let task = try task(of: benchmark)
    let predictions = try SubmissionReader(benchmark: benchmark, task: task)
      .read(submission, told: told)
    let entry = try judged(
      predictions, of: submission.participant, on: benchmark, task: task, submitted: Date())
    return (entry, try insert(entry, predictions))
  }

  /// An entry of the judged predictions, which is not stored yet.
  ///
  /// - Parameter header: another board's statement about them, which must be true.
  func judged(
    _ predictions: [Prediction?], of participant: Participant, on benchmark: Benchmark,
    task: any Task, submitted: Date, as header: EntryHeader? = nil
  ) throws -> Entry {
    let sealed = try sealedPuzzles(of: benchmark, task: task)
    var recorder = ResultsRecorder(task: task, count: benchmark.count)
    var hash = try PredictionsHash(PredictionParser(benchmark: benchmark, task: task))
    for range in Chunks(benchmark.count) {
      for (index, kept) in zip(range, try examples(of: benchmark, in: range)) {
        let example = try sealed?.example(index, asking: kept.question) ?? kept
        try recorder.record(predictions[index], of: example, index: index)
        try hash.add(predictions[index], index: index)
      }
    }
    let entry = try Entry(
      benchmark: benchmark.id, participant: participant, predictionsHash: hash.text,
      submitted: Date(timeIntervalSince1970: submitted.timeIntervalSince1970.rounded(.down)),
      results: recorder.results, signer: header?.signer)
    try header?.check(entry)
    return entry
  }

  /// An entry of the same participant with the same predictions.
  private struct Twin {
    let submitted: Date
    let signer: String?
  }

  private func twinError(_ entry: Entry, _ twin: Twin) -> GymError {
    GymError(
      "these predictions of this agent and seed are on the board already", at: url.path,
      expected: "other predictions than those of \(entry.shortID), submitted "
        + twin.submitted.formatted(.iso8601))
  }

  /// Stores an entry and its predictions in one transaction; if the board has it already, nothing
  /// is stored.
  private func insert(_ entry: Entry, _ predictions: [Prediction?]) throws -> Twin? {
    try write { db -> Twin? in
      if let record = try EntryRecord.filter(Column("id") == entry.id).fetchOne(db) {
        return Twin(
          submitted: Date(timeIntervalSince1970: Double(record.submitted)), signer: record.signer)
      }
      try EntryRecord(entry).insert(db)
      let number = db.lastInsertedRowID
      guard let benchmark = try BenchmarkRecord.fetchOne(db, key: entry.benchmark) else {
        throw GymError("the benchmark is gone", at: url.path)
      }
      let codec = PredictionCodec(try packing(of: Benchmark(benchmark), db))
      for range in Chunks(predictions.count) {
        try db.execute(
          sql: "INSERT INTO predictions (entry, chunk, data) VALUES (?,?,?)",
          arguments: [
            number, range.lowerBound / Schema.chunk, Data(codec.bytes(predictions[range])),
          ])
      }
      return nil
    }
  }
}

extension Board {
  /// Writes an entry with its predictions to a new file, signed, for another board.
  ///
  /// For a held-back benchmark, this reveals the agent's answers, including right ones.
  public func export(_ entry: Entry, signedBy key: BoardKey, to url: URL) throws {
    let benchmark = try benchmark(entry.benchmark)
    let parser = PredictionParser(benchmark: benchmark, task: try task(of: benchmark))
    let file = try WholeFile(url)
    try file.write(EntryHeader.line(entry, key: key))
    for range in Chunks(benchmark.count) {
      let predictions = try keptPredictions(of: [entry.id], on: benchmark, in: range)
      for (index, prediction) in zip(range, predictions[0]) {
        guard let prediction else { continue }
        try file.write(parser.canonicalLine(prediction, index: index))
      }
    }
    try file.finish(replaces: false)
  }

  /// Imports an entry that another board exported: checks who signed it and that nothing was
  /// changed, and judges every answer by the rules again. If the board has the entry already, with
  /// fewer measurements, those that were attached since are added.
  ///
  /// - Parameter publicKey: the key of the board that it must come from.
  /// - Throws: a `GymError` that says what differs; nothing is stored.
  public func importEntry(from url: URL, signedBy publicKey: String) throws -> Entry {
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw GymError("the file cannot be read: \(error.reason)", at: url.path)
    }
    return try GymError.located(url.path) {
      let (header, lines) = try EntryHeader.split(data, signedBy: publicKey)
      let benchmark = try benchmark(header.benchmark)
      let task = try task(of: benchmark)
      let submission = Submission(header.participant, predictions: .bytes(lines))
      let predictions = try SubmissionReader(benchmark: benchmark, task: task).read(submission)
      let entry = try judged(
        predictions, of: header.participant, on: benchmark, task: task,
        submitted: header.submitted, as: header)
      guard let twin = try insert(entry, predictions) else { return entry }
      // The board that signed it may have attached measurements since.
      guard twin.signer == header.signer, let updated = try update(by: entry) else {
        throw twinError(entry, twin)
      }
      return updated
    }
  }
}
