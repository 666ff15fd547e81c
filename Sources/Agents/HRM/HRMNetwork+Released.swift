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
        "H_cycles": .integer(Int64(configuration.highCycles)),
        "L_cycles": .integer(Int64(configuration.lowCycles)),
        "H_layers": .integer(Int64(configuration.highBlocks)),
        "L_layers": .integer(Int64(configuration.lowBlocks)),
      ], differences: differences)
  }
}
