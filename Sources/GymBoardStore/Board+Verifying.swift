import GRDB
import Gym
import GymBoards

/// Something that a board says and that does not hold.
public struct BoardFault: Sendable, Hashable {
  /// The entry that it is about; nil for the benchmark's own puzzles.
  public let entry: Entry.ID?
  /// The fault in words, without its full stop.
  public let text: String
}

extension Board {
  /// Judges every stored answer of a benchmark again, and compares it with what the board says.
  ///
  /// The puzzles' labels are checked by the rules, an entry's id and the hash of its predictions
  /// are computed anew, and its verdicts are those of the one judge. A board keeps no signatures:
  /// who signed an imported entry, what an agent cost and when it was submitted are not checked.
  ///
  /// - Parameter report: receives the number of entries judged so far.
  /// - Returns: what does not hold; nothing if all does.
  /// - Throws: a `GymError` if the board cannot be read at all.
  public func verify(
    _ benchmark: Benchmark, report: (Int) -> Void = { _ in }
  ) throws -> [BoardFault] {
    var faults: [BoardFault] = []
    func check(_ entry: Entry.ID? = nil, _ body: () throws -> [String]) {
      do {
        faults += try body().map { BoardFault(entry: entry, text: $0) }
      } catch {
        // The board's path is no news.
        let text = (error as? GymError).map {
          GymError($0.what, expected: $0.expected, remedy: $0.remedy).description
        }
        faults.append(BoardFault(entry: entry, text: text ?? "\(error)"))
      }
    }
    var known: (any Task)?
    check {
      let task = try task(of: benchmark)
      known = task
      return try puzzleFaults(of: benchmark, task: task)
    }
    // Answers to puzzles that cannot be read, or without the secret, cannot be judged.
    guard let task = known, faults.isEmpty else { return faults }
    let entries = try read { db in
      try String.fetchAll(
        db, sql: "SELECT id FROM entries WHERE benchmark = ? ORDER BY submitted, number",
        arguments: [benchmark.id])
    }
    for (number, entry) in entries.enumerated() {
      check(entry) { try entryFaults(of: entry, on: benchmark, task: task) }
      report(number + 1)
    }
    return faults
  }

  private func puzzleFaults(of benchmark: Benchmark, task: any Task) throws -> [String] {
    let sealed = try sealedPuzzles(of: benchmark, task: task)
    var hash = try SHA256()
    var wrong: [Int] = []
    for range in Chunks(benchmark.count) {
      for (index, kept) in zip(range, try examples(of: benchmark, in: range)) {
        hash.update(kept.question)
        let example = try sealed?.example(index, asking: kept.question) ?? kept
        if try task.verify(example.answer, for: example).problem != nil { wrong.append(index) }
      }
    }
    var faults = wrong.isEmpty ? [] : ["the rules refuse the labels of \(Self.list(wrong))"]
    // The hash of other benchmarks is that of a dataset's arrays, of which a board keeps a part.
    if sealed != nil, Hexadecimal.text(hash.finalize()) != benchmark.dataHash {
      faults.append("its questions are not those of its hash")
    }
    return faults
  }

  private func entryFaults(
    of id: Entry.ID, on benchmark: Benchmark, task: any Task
  ) throws -> [String] {
    guard let record = try read({ try EntryRecord.filter(Column("id") == id).fetchOne($0) }) else {
      return ["it is gone"]
    }
    let entry = try Entry(record, count: benchmark.count)
    let predictions = try keptPredictions(of: [id], on: benchmark, in: 0..<benchmark.count)[0]
    let judged = try judged(
      predictions, of: entry.participant, on: benchmark, task: task, submitted: entry.submitted)
    var faults: [String] = []
    if judged.predictionsHash != entry.predictionsHash {
      faults.append("its answers are not those of its hash")
    }
    let (ours, theirs) = (judged.results, entry.results)
    let other = (0..<benchmark.count).filter { ours.solved[$0] != theirs.solved[$0] }
    if !other.isEmpty {
      faults.append(
        "it says that \(theirs.solvedCount.counted("puzzle")) are solved; by the rules "
          + "\(ours.solvedCount) are; verdicts differ on \(Self.list(other))")
    } else if !ours.agrees(with: theirs) {
      faults.append("its findings or means are not those of its answers")
    }
    return faults
  }

  /// Some numbers of puzzles in words: `puzzles 1, 5, 7, 8, 9 and 12 more`.
  private static func list(_ puzzles: [Int]) -> String {
    let shown = puzzles.prefix(5).map(String.init).joined(separator: ", ")
    let rest = puzzles.count - 5
    return (puzzles.count == 1 ? "puzzle " : "puzzles ") + shown
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension Results {
  /// Whether all verdicts are the same, and the means but for rounding.
  fileprivate func agrees(with other: Results) -> Bool {
    solved == other.solved && answered == other.answered && findings == other.findings
      && wrongCells == other.wrongCells
      && abs(cellAccuracy - other.cellAccuracy) < 1e-9
      && abs(meanSegments - other.meanSegments) < 1e-9
  }
}
