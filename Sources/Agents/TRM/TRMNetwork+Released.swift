import Gym
import JSON

extension TRMNetwork {
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    let blocks = weights.layers(of: "L_level")
    let isMixed = weights.names.contains { $0.contains(".mlp_t.") }
    var values: [String: SettingValue] = [
      "mixing": .text((isMixed ? Mixing.mlp : .attention).rawValue)
    ]
    if blocks > 0 { values["blocks"] = .integer(blocks) }
    return values
  }

  public var released: ReleasedArrangement? {
    ReleasedArrangement(
      members: [
        "H_cycles": JSON(cycles), "L_cycles": JSON(latentUpdates),
        "H_layers": 0, "L_layers": JSON(blocks.count),
        "mlp_t": .bool(mixing == .mlp), "puzzle_emb_len": JSON(prefixRows),
        "no_ACT_continue": true,
      ], differences: [])
  }
}
