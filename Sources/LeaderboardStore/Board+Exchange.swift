import Foundation
import Gym
import JSON
import Leaderboard

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
  /// changed, and judges every answer by the rules again.
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
      return try keep(
        predictions, of: header.participant, on: benchmark, task: task,
        submitted: header.submitted, as: header)
    }
  }
}
