import Gym
import GymBoards

/// Several toy boards as one, which keeps no submissions.
struct SeveralBoards: BoardWriting {
  let boards: [ToyBoard]

  private func board(_ benchmark: Benchmark.ID) throws -> ToyBoard {
    guard let found = boards.first(where: { $0.benchmark.id == benchmark }) else {
      throw GymError("there is no benchmark \(benchmark)")
    }
    return found
  }

  func benchmarks() throws -> [Benchmark] { boards.map(\.benchmark) }
  func entries(of benchmark: Benchmark.ID) throws -> [Entry] {
    try board(benchmark).entries(of: benchmark)
  }
  func ratings(of benchmark: Benchmark.ID) throws -> [Double?] {
    try board(benchmark).ratings(of: benchmark)
  }
  func puzzles(of benchmark: Benchmark.ID, in range: Range<Int>) throws -> [Example] {
    try board(benchmark).puzzles(of: benchmark, in: range)
  }
  func demonstrations(
    of benchmark: Benchmark.ID, in range: Range<Int>
  ) throws -> [[Example]] {
    try board(benchmark).demonstrations(of: benchmark, in: range)
  }
  func predictions(of entries: [Entry.ID], in range: Range<Int>) throws -> [[Prediction]] {
    let owner = boards.first { board in
      entries.allSatisfy { id in board.entries.contains { $0.id == id } }
    }
    guard let owner else { throw GymError("there is no such entry") }
    return try owner.predictions(of: entries, in: range)
  }
  func task(of benchmark: Benchmark) throws -> any Task {
    try board(benchmark.id).task(of: benchmark)
  }
  func submit(_ submission: Submission, to benchmark: Benchmark.ID) throws -> Entry {
    throw GymError("these toys keep nothing", at: "/home/someone/board.db")
  }
}
