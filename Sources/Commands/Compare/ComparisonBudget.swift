import ArgumentParser
import Runner

/// The training budget of each agent, per seed.
struct ComparisonBudget: ParsableArguments {
  @Option(help: ArgumentHelp("Minutes of training each.", valueName: "M"))
  var minutes: Double?

  @Option(
    help: ArgumentHelp("Floating-point operations of training each, such as 2e13.", valueName: "F"))
  var flops: Double?

  @Option(help: ArgumentHelp("Training steps each.", valueName: "N"))
  var steps: Int?

  func validate() throws {
    guard [minutes != nil, flops != nil, steps != nil].count(where: { $0 }) == 1 else {
      throw ValidationError("Say what each may spend: one of --minutes, --flops and --steps.")
    }
    if let minutes, !(minutes > 0 && minutes <= 1e6) {
      throw ValidationError("--minutes is \(minutes); expected more than 0.")
    }
    if let flops, !(flops > 0 && flops <= 1e30) {
      throw ValidationError("--flops is \(flops); expected more than 0.")
    }
    try check("--steps", steps, in: 1...Budget.maximum)
  }

  /// The budget; `validate` has made sure that there is one.
  var budget: Budget {
    if let minutes { return .minutes(minutes) }
    if let flops { return .flops(flops) }
    return .steps(steps ?? 1)
  }
}
