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
  static let least: [String: SettingValue] = ["hidden": .integer(64), "heads": .integer(2)]

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
        least.merging(["blocks": .integer(tiny)]) { $1 }),
    ]
  }
}
