import Gym
import GymNetworks

extension NeuralAgent {
  public static func settings(
    shownBy weights: WeightsFile, cells: Int
  ) -> [String: SettingValue] {
    var values = Network.settings(shownBy: weights)
    values["hidden"] = weights.matrix("embed_tokens.embedding_weight").map { .integer($0.columns) }
    values["expansion"] = weights.expansion.map { .number($0) }
    values["puzzle-width"] = weights.puzzleWidth.map { .integer($0) }
    values["positions"] = weights.positions.map { .text($0.rawValue) }
    if weights.shape(of: "q_head.bias") == [1] {
      values["halting"] = .text(HaltingRule.Kind.exactness.rawValue)
    }
    if let places = weights.matrix("demonstrations.positions.embedding_weight") {
      // Weights for more cells than the data has are refused by their shapes.
      values["demonstration-rows"] = places.rows > cells ? .integer(places.rows - cells) : nil
      values.merge(weights.blocks(of: "demonstrations", as: "demonstration-blocks")) { $1 }
    } else {
      values["demonstrations"] = .integer(0)
      values["prefix-rows"] = weights.prefixRows(cells: cells).map { .integer($0) }
    }
    let declared = Set(settings.map(\.name))
    return values.filter { declared.contains($0.key) }
  }

  public static var settingsNotShown: [String] {
    let names = [
      "heads", "gating", "positions", "position-injection", "rotary-base", "prefix-rows",
      "puzzle-width", "dtype", "high-cycles", "low-cycles", "cycles", "latent-updates", "updates",
      "iterations", "ending", "max-segments", "halting", "ablation", "memory", "loss-cells",
      "demonstrations",
    ]
    let declared = Set(settings.map(\.name))
    return names.filter(declared.contains)
  }
}

extension WeightsFile {
  /// Whether attention goes over an axis of symbols too.
  var hasSymbolAxis: Bool { names.contains { $0.contains(".attn_t.") } }

  /// The setting with the number of a stack's blocks; none for weights that lack the stack, since
  /// it is the missing tensors that say so best.
  func blocks(
    of stack: String, as setting: String = "blocks"
  ) -> [String: SettingValue] {
    let count = layers(of: stack)
    return count > 0 ? [setting: .integer(count)] : [:]
  }

  /// The dimensions of a matrix; nil if there is none with this name.
  fileprivate func matrix(_ name: String) -> (rows: Int, columns: Int)? {
    shape(of: name).flatMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
  }

  /// An expansion that gives all SwiGLUs their widths: the default if that does, and otherwise the
  /// greatest; nil if there are none.
  ///
  /// A width is rounded up, so that others give the same weights.
  fileprivate var expansion: Double? {
    let shapes = names.filter { $0.hasSuffix(".down_proj.weight") }.compactMap(matrix)
      .filter { $0.rows > 0 && $0.columns > 0 }
    let (setting, hasAxis) = (NeuralConfiguration.expansion, hasSymbolAxis)
    let isUsual = shapes.allSatisfy { inputs, width in
      width
        == BlockConfiguration.swiGLUWidth(
          of: inputs, expansion: setting.defaultValue, multipleOf: hasAxis ? inputs : 256)
    }
    if isUsual { return shapes.isEmpty ? nil : setting.defaultValue }
    let greatest = shapes.map { Double($0.columns) * 1.5 / Double($0.rows) }.min()
    guard case .number(let limits) = setting.declaration.kind else { return greatest }
    return greatest.map { min($0, limits.upperBound) }
  }

  /// e, the width of the puzzle embedding; nil if it holds one row for each of an unknown number of
  /// symbols.
  fileprivate var puzzleWidth: Int? {
    guard let table = matrix("puzzle_emb.weights") else { return 0 }
    return hasSymbolAxis ? nil : table.columns
  }

  /// The positions if their vectors tell; nil if several have the same ones, such as `learned` and
  /// `rotary-2d+learned`.
  fileprivate var positions: NeuralConfiguration.Positions? {
    if holdsTable("embed_region") { return .rowsColumnsRegions }
    if holdsTable("embed_row") { return .rowsColumns }
    return holdsTable("embed_prefix") ? .rotary2D : nil
  }

  /// P, the positions in front of the cells, if the weights depend on it.
  fileprivate func prefixRows(cells: Int) -> Int? {
    if let prefix = matrix("embed_prefix.embedding_weight") { return prefix.rows }
    if holdsTable("embed_row") { return 0 }
    let mixer = names.first { $0.hasSuffix(".mlp_t.down_proj.weight") }
    let length = matrix("embed_pos.embedding_weight")?.rows ?? mixer.flatMap { matrix($0)?.rows }
    return length.flatMap { $0 >= cells ? $0 - cells : nil }
  }

  private func holdsTable(_ name: String) -> Bool {
    shape(of: "\(name).embedding_weight") != nil
  }
}
