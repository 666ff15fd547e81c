import Gym
import NeuralNetworks

extension NeuralAgent {
  public static func settings(
    shownBy weights: WeightsFile, cells: Int
  ) -> [String: SettingValue] {
    var values = Network.settings(shownBy: weights)
    let hidden = weights.shape(of: "embed_tokens.embedding_weight").flatMap {
      $0.count == 2 ? $0[1] : nil
    }
    let puzzles = weights.shape(of: "puzzle_emb.weights") ?? []
    values["puzzle-width"] = .integer(puzzles.count == 2 ? puzzles[1] : 0)
    if let hidden {
      values["hidden"] = .integer(hidden)
      values["expansion"] = expansion(weights, hidden: hidden).map { .number($0) }
    }
    if let positions = positions(weights) { values["positions"] = .text(positions.rawValue) }
    if let length = length(weights), length >= cells {
      values["prefix-rows"] = .integer(length - cells)
    }
    let declared = Set(settings.map(\.name))
    return values.filter { declared.contains($0.key) }
  }

  public static var settingsNotShown: [String] {
    let names = [
      "heads", "gating", "positions", "position-injection", "rotary-base", "prefix-rows",
      "high-cycles", "low-cycles", "cycles", "latent-updates", "max-segments", "ablation",
      "loss-cells",
    ]
    let declared = Set(settings.map(\.name))
    return names.filter(declared.contains)
  }

  /// The expansion of the SwiGLUs; nil if it is the default, or no block says.
  private static func expansion(_ weights: WeightsFile, hidden: Int) -> Double? {
    let down = weights.names.first { $0.hasSuffix(".mlp.down_proj.weight") }
    guard let shape = down.flatMap({ weights.shape(of: $0) }), shape.count == 2, hidden > 0,
      case .number(let usual)? = settings.first(where: { $0.name == "expansion" })?.defaultValue,
      shape[1] != BlockConfiguration.swiGLUWidth(of: hidden, expansion: usual)
    else { return nil }
    return Double(shape[1]) * 1.5 / Double(hidden)
  }

  /// The positions whose learned vectors are among the weights; nil if there are none.
  private static func positions(_ weights: WeightsFile) -> NeuralConfiguration.Positions? {
    func has(_ name: String) -> Bool { weights.shape(of: "\(name).embedding_weight") != nil }
    if has("embed_pos") { return .learned }
    if has("embed_region") { return .rowsColumnsRegions }
    return has("embed_row") ? .rowsColumns : nil
  }

  /// S, the number of positions, if the weights depend on it.
  private static func length(_ weights: WeightsFile) -> Int? {
    if let shape = weights.shape(of: "embed_pos.embedding_weight") { return shape.first }
    let mixer = weights.names.first { $0.hasSuffix(".mlp_t.down_proj.weight") }
    return mixer.flatMap { weights.shape(of: $0)?.first }
  }
}
