import Gym

extension NeuralConfiguration {
  /// The published arrangement for Sudoku-Extreme (arXiv 2506.21734), blocks aside.
  static let published: [String: SettingValue] = [
    "hidden": .integer(512), "heads": .integer(8), "batch": .integer(384),
    "learning-rate": .number(7e-5), "puzzle-learning-rate": .number(7e-5),
    "weight-decay": .number(1), "puzzle-weight-decay": .number(1),
    "warmup-steps": .integer(2000),
  ]

  /// The least size that is worth trying, blocks aside.
  static let smallest: [String: SettingValue] = ["hidden": .integer(64), "heads": .integer(2)]

  /// The values that learn most per operation on puzzles with blanks, of those tried
  /// (Benchmarks/NOTES.md); cycles and gradient aside.
  static let fast: [String: SettingValue] = [
    "dtype": .text("bf16"), "batch": .integer(192), "loss": .text("softmax"),
    "loss-cells": .text("blanks"), "label-smoothing": .number(0.05),
    "positions": .text("rotary-2d"), "rotary-base": .number(10), "prefix-rows": .integer(8),
    "puzzle-width": .integer(0), "gating": .text("normed"),
    "fresh-symmetry": .flag(true), "reveal": .text("0.5,0.2@0.3"),
    "max-segments": .text("1,4@0.25,16@0.45"), "halting-weight": .text("0,0.05@0.25"),
    "exploration": .number(0), "optimizer": .text("muon"),
    "matrix-learning-rate": .text("0.02..0"), "learning-rate": .text("0.001..0"),
    "warmup-steps": .integer(100), "weight-decay": .number(0.01), "clip": .number(1),
    "weight-average": .number(0.998),
  ]

  /// The values that differ from `fast` on small puzzles, such as 6×6 Sudoku, trained for a minute.
  private static let fastTiny: [String: SettingValue] = smallest.merging([
    "batch": .integer(64), "positions": .text("rows-columns"),
    "position-injection": .text("every"), "prefix-rows": .integer(4),
    "label-smoothing": .number(0), "reveal": .number(0), "max-segments": .text("1,4@0.25"),
    "learning-rate": .text("0.002..0"), "warmup-steps": .integer(50),
    "weight-average": .number(0.99),
  ]) { $1 }

  /// The presets `fast` and `fast-tiny`, which learn most per operation, for one agent.
  ///
  /// - Parameters:
  ///   - settings: the agent's; values of settings that it does not have are left out.
  ///   - hidden: the larger one's hidden size, as its summary states it.
  ///   - blocks: how many blocks the larger one has, as its summary states it.
  ///   - own: the larger one's own values, such as cycles.
  ///   - tinyHidden: the smaller one's hidden size.
  ///   - tinyBlocks: how many blocks the smaller one has.
  ///   - tinyOwn: the smaller one's own values.
  static func fastPresets(
    for settings: [Setting], hidden: Int = 128, blocks: String,
    own: [String: SettingValue] = [:], tinyHidden: Int = 64, tinyBlocks: String,
    tinyOwn: [String: SettingValue]
  ) -> [Preset] {
    let names = Set(settings.map(\.name))
    func known(_ values: [String: SettingValue]) -> [String: SettingValue] {
      values.filter { names.contains($0.key) }
    }
    return [
      Preset(
        "fast",
        "D \(hidden), \(blocks) blocks, learns cheaply: puzzles with blanks, such as Sudoku",
        known(fast.merging(own) { $1 })),
      Preset(
        "fast-tiny",
        "D \(tinyHidden), \(tinyBlocks) blocks, learns cheaply: small puzzles with blanks",
        known(fast.merging(fastTiny) { $1 }.merging(tinyOwn) { $1 })),
    ]
  }

  /// HRM's three sizes, with other numbers of blocks.
  ///
  /// - Parameter own: further values of the published arrangement.
  static func presets(
    paper: Int, small: Int, tiny: Int, own: [String: SettingValue] = [:]
  ) -> [Preset] {
    [
      Preset(
        "paper", "the published size: D 512, \(paper) blocks",
        published.merging(["blocks": .integer(paper)]) { $1 }.merging(own) { $1 }),
      Preset(
        "small", "D 128, \(small) blocks: trains on a plain processor",
        ["blocks": .integer(small)]),
      Preset(
        "tiny", "D 64, \(tiny) blocks: for trying things out",
        smallest.merging(["blocks": .integer(tiny)]) { $1 }),
    ]
  }
}
