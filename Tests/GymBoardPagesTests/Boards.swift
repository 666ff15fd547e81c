import Foundation
import GymBoards
import GymEvaluation
import GymJSON

/// Boards of several sizes.
enum Boards {
  static func usage(
    _ parameters: Int?, _ flops: Double?, _ seconds: Double?, training: Double? = nil,
    measured: Bool = true
  ) -> UsageReport {
    var usage = UsageReport(measured ? .measured : .claimed)
    (usage.parameters, usage.flops, usage.seconds) = (parameters, flops, seconds)
    usage.trainingFlops = training
    usage.trainingSeconds = training.map { $0 / 2e11 }
    return usage
  }

  /// A curve whose step costs a given number of operations.
  static func curve(_ top: Double, cost: Double = 1e9, steps: Int = 250) -> LearningCurve {
    LearningCurve(
      (0...120).map { index in
        let share = Double(index) / 120
        return .init(
          step: index * steps, seconds: Double(index * steps) * cost / 2e11,
          flops: Double(index * steps) * cost,
          exact: top / (1 + exp(-9 * (share - 0.45))) + 0.01 * sin(Double(index)))
      })
  }

  /// Accuracy that grows with the segments.
  static func scaling(_ top: Double, at flops: Double) -> ScalingCurve? {
    try? ScalingCurve(
      [1, 2, 4, 8, 16].map { segments in
        let share = top * (1 - exp(-Double(segments) / 3))
        return .init(
          segments: segments, votes: 1, chains: 1, solved: Int(share * 200), count: 200,
          flops: flops * Double(segments), seconds: 0.01 * Double(segments))
      })
  }

  /// An agent that gets better over eight segments and stops early on most puzzles.
  static let probe = try? ProbeFindings([
    "puzzles": 40, "distinct": [31, 6, 2, 1],
    "states": [
      ["name": "z_H", "width": 64, "participation-ratio": 11.8],
      ["name": "z_L", "width": 64, "participation-ratio": 6.2],
    ],
    "segments": .array(
      (1...8).map { number in
        let share = 1 - exp(-Double(number) / 3)
        return [
          "segment": JSON(number), "cell-accuracy": .number(0.4 + 0.55 * share),
          "solved": JSON(Int(36 * share)), "fixed": JSON(300 / (number * number)),
          "broken": JSON(40 / number), "stopped": JSON([0, 4, 9, 11, 6, 3, 2, 5][number - 1]),
          "stopped-solved": JSON([0, 4, 9, 10, 5, 2, 1, 1][number - 1]),
          "residuals": ["z_H": .number(9 / Double(number)), "z_L": .number(4 / Double(number))],
        ]
      }),
  ])

  /// Ten entries of eight agents: a tie at the top, several seeds, a hostile name, a solver.
  static func small(puzzles: Int = 200, isHeldBack: Bool = false) throws -> ToyBoard {
    let hrm = usage(27_275_266, 3.1e14, 84, training: 3e14)
    let command =
      "reasongym train hrm --data DATA --set hidden=64 --seed 0 --steps 6000 --out run "
      + "&& reasongym evaluate run --data DATA"
    return try ToyBoard(
      [
        .init(
          name: "HRM", skill: 0.86, seed: 0, steps: 8, usage: hrm,
          curve: curve(0.86, cost: 5e10, steps: 50), scaling: scaling(0.9, at: 2e11),
          probe: probe, command: command, machine: "A processor with 8 cores"),
        .init(
          name: "HRM", skill: 0.85, seed: 1, steps: 8, usage: hrm,
          curve: curve(0.83, cost: 5e10, steps: 50)),
        .init(
          name: "HRM", skill: 0.84, seed: 2, steps: 8, usage: hrm,
          curve: curve(0.84, cost: 5e10, steps: 50)),
        .init(
          name: "Transformer, fixed depth 8", skill: 0.55, seed: 0,
          usage: usage(27_100_000, 4.2e13, 16, training: 3e14),
          curve: curve(0.55, cost: 1e10), scaling: scaling(0.55, at: 2e10)),
        .init(
          name: "Recurrent chain of thought", skill: 0.68, steps: 90,
          usage: usage(13_900_000, 1.9e15, 410, training: 2.9e14),
          curve: curve(0.66, cost: 2e10, steps: 121)),
        .init(
          name: "Depth-first search", skill: 1.2, usage: usage(nil, 2e12, 0.9), usesRules: true),
        .init(
          name: "<script>alert(1)</script>", skill: 0.4,
          usage: usage(70_000_000_000, 8e17, 5200, measured: false)),
        .init(
          name: "An agent with a very long name that goes on and on, to eighty characters",
          skill: 0.36, usage: usage(1_200_000, 3e12, 3.2)),
        .init(name: "GRU, 2 layers", skill: 0.3, usage: usage(2_400_000, 6e12, 4.1)),
        .init(name: "Most frequent", skill: 0.12, usage: usage(0, 0, 0.1, training: 0)),
      ], puzzles: puzzles, isHeldBack: isHeldBack)
  }

  /// The small board, and a second benchmark with demonstrations that fewer agents were run on.
  static func several() throws -> SeveralBoards {
    let explained = try ToyBoard(
      [
        .init(
          name: "HRM", skill: 0.5, seed: 0, steps: 4,
          usage: usage(27_275_266, 3.1e14, 84, training: 3e14)),
        .init(name: "Depth-first search", skill: 1.2, usesRules: true),
      ], puzzles: 40, name: "explained", isExplained: true)
    return try SeveralBoards(boards: [small(), explained])
  }

  /// Many entries with skills over the whole range.
  static func large(entries: Int, puzzles: Int) throws -> ToyBoard {
    try ToyBoard(
      (0..<entries).map { place in
        let skill = 0.2 + 0.75 * Noise.share(place, 3)
        return .init(
          name: "agent \(place / 2) of many", skill: skill, seed: UInt64(place % 2),
          usage: usage(
            1000 * (1 + place * place), 1e12 * exp(9 * Noise.share(place, 5) + 3 * skill), nil),
          curve: place % 3 == 0 ? curve(skill) : nil)
      }, puzzles: puzzles)
  }
}
