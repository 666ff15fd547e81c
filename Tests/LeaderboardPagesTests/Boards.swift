import Foundation
import GymEvaluation
import Leaderboard

/// Boards of several sizes.
enum Boards {
  static func ledger(
    _ parameters: Int?, _ flops: Double?, _ seconds: Double?, measured: Bool = true
  ) -> EntryLedger {
    var ledger = EntryLedger(measured ? .measured : .claimed)
    (ledger.parameters, ledger.flops, ledger.seconds) = (parameters, flops, seconds)
    return ledger
  }

  static func curve(_ top: Double) -> LearningCurve {
    LearningCurve(
      (0...120).map { index in
        let share = Double(index) / 120
        return .init(
          step: index * 250,
          exact: top / (1 + exp(-9 * (share - 0.45))) + 0.01 * sin(Double(index)))
      })
  }

  /// Ten entries of eight agents: a tie at the top, several seeds, a hostile name, a solver.
  static func small(puzzles: Int = 200, isHeldBack: Bool = false) throws -> ToyBoard {
    let hrm = ledger(27_275_266, 3.1e14 * 1, 84)
    return try ToyBoard(
      [
        .init(
          name: "HRM", skill: 0.86, seed: 0, steps: 8, ledger: hrm, curve: curve(0.86)),
        .init(name: "HRM", skill: 0.85, seed: 1, steps: 8, ledger: hrm, curve: curve(0.83)),
        .init(name: "HRM", skill: 0.84, seed: 2, steps: 8, ledger: hrm, curve: curve(0.84)),
        .init(
          name: "Transformer, fixed depth 8", skill: 0.55, seed: 0,
          ledger: ledger(27_100_000, 4.2e13, 16), curve: curve(0.55)),
        .init(
          name: "Recurrent chain of thought", skill: 0.68, steps: 90,
          ledger: ledger(13_900_000, 1.9e15, 410), curve: curve(0.66)),
        .init(
          name: "Depth-first search", skill: 1.2, ledger: ledger(nil, 2e12, 0.9), usesRules: true),
        .init(
          name: "<script>alert(1)</script>", skill: 0.4,
          ledger: ledger(70_000_000_000, 8e17, 5200, measured: false)),
        .init(
          name: "An agent with a very long name that goes on and on, to eighty characters",
          skill: 0.36, ledger: ledger(1_200_000, 3e12, 3.2)),
        .init(name: "GRU, 2 layers", skill: 0.3, ledger: ledger(2_400_000, 6e12, 4.1)),
        .init(name: "Nearest neighbour", skill: 0.12),
      ], puzzles: puzzles, isHeldBack: isHeldBack)
  }

  /// Many entries with skills over the whole range.
  static func large(entries: Int, puzzles: Int) throws -> ToyBoard {
    try ToyBoard(
      (0..<entries).map { place in
        let skill = 0.2 + 0.75 * Noise.share(place, 3)
        return .init(
          name: "agent \(place / 2) of many", skill: skill, seed: UInt64(place % 2),
          ledger: ledger(
            1000 * (1 + place * place), 1e12 * exp(9 * Noise.share(place, 5) + 3 * skill), nil),
          curve: place % 3 == 0 ? curve(skill) : nil)
      }, puzzles: puzzles)
  }
}
