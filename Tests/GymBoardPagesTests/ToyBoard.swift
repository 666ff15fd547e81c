import Foundation
import Gym
import GymBoards
import GymEvaluation
import GymJSON
import Synchronization

/// A board in memory whose agents answer randomly, correctly as often as their skill says.
final class ToyBoard: BoardWriting {
  /// A participant and its skill.
  struct Player {
    let name: String
    let skill: Double
    var seed: UInt64?
    var steps = 0
    var usage = UsageReport(.measured)
    var usesRules = false
    var curve: LearningCurve?
    var scaling: ScalingCurve?
    var probe: ProbeFindings?
    var command: String?
    var machine: String?
  }

  let benchmark: Benchmark
  let entries: [Entry]
  private let players: [Player]
  private let places: [Entry.ID: Int]
  private let toy = ToySudoku()
  private let examples: [Example]
  private let isExplained: Bool
  /// A curve that was attached to entries after they were submitted; nil if none was.
  let attached = Mutex<ScalingCurve?>(nil)

  init(
    _ players: [Player], puzzles: Int, name: String = "sudoku-extreme", isHeldBack: Bool = false,
    isExplained: Bool = false
  ) throws {
    let toy = toy
    self.isExplained = isExplained
    examples = (0..<puzzles).map(toy.example)
    let sources = (0..<3).map { (puzzles + 2 - $0) / 3 }
    let benchmark = try Benchmark(
      name: name, task: ToySudoku.id, settings: [:], split: "test",
      dataHash: String(repeating: isExplained ? "a0" : "5e", count: 32), count: puzzles,
      answers: isHeldBack ? .heldBack : .open, levels: toy.levels,
      created: Date(timeIntervalSince1970: 1_790_000_000),
      origin: "toy <0> (\(sources[0])), toy 1 (\(sources[1])), toy 2 (\(sources[2]))")
    self.players = players
    self.benchmark = benchmark
    entries = try players.enumerated().map { place, player in
      let solved = BitSet((0..<puzzles).map { Self.solves(player, place, $0) })
      return try Entry(
        benchmark: benchmark.id,
        participant: Participant(
          agent: player.name, seed: player.seed, codeVersion: "1.4.0",
          usesRules: player.usesRules, usage: player.usage, curve: player.curve,
          scaling: player.scaling, probe: player.probe, command: player.command,
          machine: player.machine),
        predictionsHash: String(repeating: "a", count: 56) + String(format: "%08x", place),
        submitted: Date(timeIntervalSince1970: 1_790_000_000 + Double(place) * 3600),
        results: Results(
          solved: solved, answered: solved, findings: [],
          wrongCells: Array(repeating: 0, count: puzzles), cellAccuracy: 0.9, meanSegments: 4))
    }
    places = Dictionary(
      uniqueKeysWithValues: entries.enumerated().map { ($0.element.id, $0.offset) })
  }

  private static func solves(_ player: Player, _ place: Int, _ puzzle: Int) -> Bool {
    let hardness = Double(puzzle % 40) / 40
    // Half of the chance is the puzzle's own, so that agents tend to fail on the same ones.
    let noise = 0.5 * Noise.share(puzzle, 7) + 0.5 * Noise.share(puzzle, 5000 + place)
    return noise < player.skill * 1.35 - 0.55 * hardness
  }

  func benchmarks() throws -> [Benchmark] { [benchmark] }

  /// The entries; those without a scaling curve have the attached one.
  func entries(of benchmark: Benchmark.ID) throws -> [Entry] {
    guard let curve = attached.withLock({ $0 }) else { return entries }
    return try entries.map { entry in
      let old = entry.participant
      let participant = try Participant(
        agent: old.agent, seed: old.seed, codeVersion: old.codeVersion,
        usesRules: old.usesRules, usage: old.usage, curve: old.curve,
        scaling: old.scaling ?? curve, probe: old.probe, command: old.command,
        machine: old.machine)
      return try Entry(
        benchmark: entry.benchmark, participant: participant,
        predictionsHash: entry.predictionsHash, submitted: entry.submitted,
        results: entry.results)
    }
  }
  func task(of benchmark: Benchmark) throws -> any Task { toy }
  func ratings(of benchmark: Benchmark.ID) throws -> [Double?] {
    (0..<self.benchmark.count).map { Double($0 % 40 / 2) }
  }

  func puzzles(of benchmark: Benchmark.ID, in range: Range<Int>) throws -> [Example] {
    Array(examples[range])
  }

  func demonstrations(
    of benchmark: Benchmark.ID, in range: Range<Int>
  ) throws -> [[Example]] {
    range.map { puzzle in
      isExplained ? [toy.example(puzzle + 5000), toy.example(puzzle + 6000)] : []
    }
  }

  func predictions(of entries: [Entry.ID], in range: Range<Int>) throws -> [[Prediction]] {
    try entries.map { entry in
      guard let place = places[entry] else { throw GymError("no entry \(entry)") }
      return range.map { prediction(place, $0) }
    }
  }

  private func prediction(_ place: Int, _ puzzle: Int) -> Prediction {
    let example = examples[puzzle]
    let player = players[place]
    if Noise.share(puzzle, 9000 + place) < 0.02, !entries[place].results.solved[puzzle] {
      return Prediction(answer: nil, failure: "ran out of time </script><b>")
    }
    var answer = example.answer
    if !entries[place].results.solved[puzzle] {
      let open = answer.indices.filter { example.question[$0] == 1 }
      for turn in 0..<(1 + Int(Noise.bits(puzzle, place) % 14)) {
        let cell = open[Int(Noise.bits(puzzle * 31 + turn, place) % UInt64(open.count))]
        answer[cell] = 2 + (answer[cell] - 2 + 1 + UInt8(turn % 7)) % 9
      }
    }
    let thoughts = (0..<player.steps).map { step -> [UInt8] in
      answer.indices.map { cell in
        if example.question[cell] != 1 { return example.question[cell] }
        let settles = Noise.share(puzzle * 97 + place, cell) * Double(player.steps - 1)
        return Double(step) >= settles
          ? answer[cell] : 2 + UInt8(Noise.bits(puzzle + step * 7, cell) % 9)
      }
    }
    return Prediction(
      answer: answer,
      confidence: min(1, max(0, player.skill - 0.2 + 0.5 * Noise.share(puzzle, 7000 + place))),
      segments: max(1, player.steps - puzzle % 4), thoughts: thoughts)
  }

  func submit(_ submission: Submission, to benchmark: Benchmark.ID) throws -> Entry {
    guard benchmark == self.benchmark.id else { throw GymError("there is no such benchmark") }
    guard case .bytes(let data) = submission.source, !data.isEmpty else {
      throw GymError("line 1: there are no predictions")
    }
    return try Entry(
      benchmark: benchmark, participant: submission.participant,
      predictionsHash: String(repeating: "b", count: 64), submitted: Date(),
      results: entries[0].results)
  }
}
