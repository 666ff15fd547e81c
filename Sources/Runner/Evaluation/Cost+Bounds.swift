import Gym

extension Cost {
  /// The cost with invalid values counted as 0. Costs come from agents, including external
  /// processes, and are summed.
  var bounded: Cost {
    func bounded(_ count: Int) -> Int { max(0, min(count, 1 << 40)) }
    return Cost(
      flops: flops >= 0 && flops < 1e300 ? flops : 0, passes: bounded(passes),
      tokens: bounded(tokens))
  }
}
