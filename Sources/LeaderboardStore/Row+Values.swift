import Foundation
import GRDB
import Gym
import JSON
import Leaderboard

extension Benchmark {
  /// Reads a row of `benchmarks`.
  init(_ row: Row) throws {
    let text: String = row["task"]
    guard let task = PluginID(text) else {
      throw GymError("a benchmark's task is \(JSON.string(String(text.prefix(80))))")
    }
    try self.init(
      name: row["name"], task: task, settings: JSON(parsing: row["settings"] as String),
      split: row["split"], dataHash: row["data_hash"], count: row["count"],
      answers: Benchmark.Answers(row),
      levels: Benchmark.levels(JSON(parsing: row["levels"] as String)),
      created: Date(timeIntervalSince1970: Double(row["created"] as Int64)),
      origin: row["origin"] as String? ?? "")
    guard id == row["id"] as String else {
      throw GymError("the benchmark \(name) is not what its id says")
    }
  }
}

extension Benchmark.Answers {
  /// Reads a row of `benchmarks`; the first schema had no sealed benchmarks.
  init(_ row: Row) {
    self = (row["sealed"] as Bool?) == true ? .sealed : row["held_back"] ? .heldBack : .open
  }
}

extension Entry {
  /// Reads a row of `entries` for `count` puzzles.
  init(_ row: Row, count: Int) throws {
    try self.init(
      benchmark: row["benchmark"],
      participant: Participant(JSON(parsing: row["contestant"] as String)),
      predictionsHash: row["predictions_hash"],
      submitted: Date(timeIntervalSince1970: Double(row["submitted"] as Int64)),
      results: Results(row, count: count), signer: row["signer"])
    guard id == row["id"] as String else {
      throw GymError("an entry of \(participant.agent) is not what its id says")
    }
  }
}

extension Results {
  fileprivate init(_ row: Row, count: Int) throws {
    let names = try JSON(parsing: row["findings"] as String).array?.compactMap(\.string) ?? []
    let (bits, wrong) = (row["finding_bits"] as Data, row["wrong_cells"] as Data)
    let size = (count + 63) / 64 * 8
    guard let solved = BitSet(bytes: Array(row["solved"] as Data), count: count),
      let answered = BitSet(bytes: Array(row["answered"] as Data), count: count),
      bits.count == size * names.count, wrong.count == 2 * count
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
      cellAccuracy: row["cell_accuracy"], meanSegments: row["mean_segments"])
  }

  /// The wrong cells as little-endian bytes.
  var wrongCellBytes: Data {
    Data(
      wrongCells.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
  }
}
