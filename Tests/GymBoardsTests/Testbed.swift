import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymJSON
import GymTestSupport
import Testing

/// A folder with a board of one benchmark; it is deleted with the object.
final class Testbed: Sendable {
  private let folder: TemporaryFolder
  let benchmark: Benchmark
  let board: Board
  let examples: [Example]

  static let tasks: Board.TaskMaker = { id, _ in
    guard id == Successor.id else { throw GymError("there is no task \(id)") }
    return Successor()
  }

  /// - Parameter count: the number of puzzles.
  init(count: Int = 40, isHeldBack: Bool = false) throws {
    folder = try TemporaryFolder()
    let data = folder["data"]
    _ = try DatasetGenerator(counts: ["test": count], seed: 5)
      .generate(Successor(), to: data, control: WorkControl(workers: 1))
    let split = try Dataset(data).split("test")
    let draft = try BenchmarkDraft(
      name: "successor", task: Successor(), split: split, isHeldBack: isHeldBack)
    examples = try (0..<count).map(split.example)
    benchmark = draft.benchmark
    board = try Board.create(folder["board.db"], tasks: Self.tasks)
    try board.add(draft)
  }

  /// The folder's place.
  var url: URL { folder.url }

  /// A place in the folder.
  subscript(_ name: String) -> URL { folder[name] }

  /// An honest line about a puzzle: a right answer, or one with a wrong first cell.
  func line(_ index: Int, isRight: Bool = true) -> JSON {
    var answer = examples[index].answer
    if !isRight { answer[0] = answer[0] % 4 + 1 }
    return [
      "id": .string("test/\(index)"), "answer": .string(Successor().vocabulary.text(answer)),
      "confidence": 0.5, "segments": 2, "failure": nil,
    ]
  }

  /// Honest lines about all puzzles, right if `isRight` says so.
  func lines(_ isRight: (Int) -> Bool = { _ in true }) -> String {
    examples.indices.map { line($0, isRight: isRight($0)).text() + "\n" }.joined()
  }

  /// Submits lines.
  @discardableResult
  func submit(
    _ lines: String, agent: String = "agent", seed: UInt64? = nil, dataHash: String? = nil
  ) throws -> Entry {
    let participant = try Participant(agent: agent, seed: seed)
    return try board.submit(
      Submission(participant, predictions: .bytes(Data(lines.utf8)), dataHash: dataHash),
      to: benchmark.id)
  }

  /// The current ranking.
  func ranking() throws -> Ranking {
    try Ranking(
      board.entries(of: benchmark.id), on: benchmark, ratings: board.ratings(of: benchmark.id))
  }

  /// The message with which lines are rejected; nothing is kept of them.
  func refusal(
    _ lines: String, agent: String = "agent", dataHash: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> String {
    failure(sourceLocation) { try submit(lines, agent: agent, dataHash: dataHash) }
  }

  /// The message with which something fails; nothing is kept of it.
  func failure(
    _ sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
  ) -> String {
    do {
      let before = try board.entries(of: benchmark.id).count
      do {
        try body()
      } catch {
        let after = try board.entries(of: benchmark.id).count
        #expect(after == before, "something was kept", sourceLocation: sourceLocation)
        #expect(error is GymError, "\(error)", sourceLocation: sourceLocation)
        return "\(error)"
      }
      Issue.record("it was taken", sourceLocation: sourceLocation)
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
    return ""
  }
}
