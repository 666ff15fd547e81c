import Gym
import JSON

extension HRMNetwork {
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    let (high, low) = (weights.layers(of: "H_level"), weights.layers(of: "L_level"))
    var values: [String: SettingValue] = [:]
    if high > 0 { values["high-blocks"] = .integer(high) }
    if low > 0 { values["low-blocks"] = .integer(low) }
    return values
  }

  public var released: ReleasedArrangement? {
    var differences: [String] = []
    if configuration.ablation != .none {
      differences.append("ablation=\(configuration.ablation.rawValue)")
    }
    return ReleasedArrangement(
      members: [
        "H_cycles": JSON(configuration.highCycles),
        "L_cycles": JSON(configuration.lowCycles),
        "H_layers": JSON(configuration.highBlocks),
        "L_layers": JSON(configuration.lowBlocks),
      ], differences: differences)
  }
}
