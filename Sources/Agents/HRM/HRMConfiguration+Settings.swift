import Gym

extension HRMConfiguration {
  /// HRM's settings. The defaults are the preset `small`.
  static let settings = NeuralConfiguration.settings(
    modules: [
      .integer("high-blocks", "blocks of the high module", default: 2, in: 1...64),
      .integer("low-blocks", "blocks of the low module", default: 2, in: 1...64),
      .schedule("high-cycles", "high cycles a segment (N)", default: 2, in: 1...64),
      .schedule("low-cycles", "low cycles a high cycle (T)", default: 2, in: 1...64),
    ],
    [
      .choice("ablation", "what is left out", default: Ablation.none),
      .integer(
        "memory", "rows that H keeps of its own earlier segments; 0 for none", default: 0,
        in: 0...64),
    ],
    gradient: [
      .choice(
        "gradient", "how far back the gradient goes from a segment's end",
        default: Gradient.Kind.oneStep),
      .integer(
        "gradient-steps", "bptt: module updates gone back through; implicit: terms of the series",
        default: 6, in: 1...8192),
    ],
    halting: [
      .choice(
        "halting", "when a puzzle in training gets no more segments", default: Halting.qLearning),
      NeuralConfiguration.qTarget,
    ])

  /// The published arrangement, and smaller ones for a plain processor.
  static let presets: [Preset] =
    [
      Preset(
        "paper", "the published Sudoku-Extreme arrangement: D 512, 4+4 blocks, 27.3M parameters",
        NeuralConfiguration.published.merging(blocks(4)) { $1 }),
      Preset("small", "D 128, 2+2 blocks: trains on a plain processor", [:]),
      Preset(
        "tiny", "D 64, 1+1 blocks: for trying things out",
        NeuralConfiguration.smallest.merging(blocks(1)) { $1 }
          .merging(["expansion": .number(4)]) { $1 }),
    ]
    + NeuralConfiguration.fastPresets(
      for: settings, blocks: "2+2",
      own: lastCycle.merging([
        "high-cycles": .text("1,2@0.3"), "low-cycles": .text("2,3@0.6"),
      ]) { $1 },
      tinyBlocks: "1+1",
      tinyOwn: lastCycle.merging(blocks(1)) { $1 }
        .merging(["high-cycles": .integer(2), "low-cycles": .integer(2)]) { $1 })

  /// Halting and gradient as they are cheapest.
  private static let lastCycle: [String: SettingValue] = [
    "halting": .text("exactness"), "gradient": .text("last-cycle"),
  ]

  private static func blocks(_ count: Int) -> [String: SettingValue] {
    ["high-blocks": .integer(count), "low-blocks": .integer(count)]
  }
}
