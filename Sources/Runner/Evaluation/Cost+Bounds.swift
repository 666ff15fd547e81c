import Gym

extension Cost {
  /// The cost with what cannot be one counted as none. Costs come from agents, processes of others
  /// among them, and are added up.
  var bounded: Cost {
    func bounded(_ count: Int) -> Int { max(0, min(count, 1 << 40)) }
    return Cost(
      flops: flops >= 0 && flops < 1e300 ? flops : 0, passes: bounded(passes),
      tokens: bounded(tokens))
  }
}
