import ArgumentParser
import Runner

/// The training budget, given in one of four ways.
struct BudgetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Train for N steps.", valueName: "N"))
  var steps: Int?

  @Option(help: ArgumentHelp("Train until each group was drawn N times.", valueName: "N"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Train for N minutes, interruptions not counted.", valueName: "N"))
  var minutes: Double?

  @Option(
    help: ArgumentHelp("Train for F floating-point operations, such as 1e15.", valueName: "F"))
  var flops: Double?

  /// The budget; nil if none is given.
  var budget: Budget? {
    if let flops { return .flops(flops) }
    if let steps { return .steps(steps) }
    if let epochs { return .epochs(epochs) }
    return minutes.map { .minutes($0) }
  }

  func validate() throws {
    let given = [steps != nil, epochs != nil, minutes != nil, flops != nil].count { $0 }
    guard given <= 1 else {
      throw ValidationError("Give one of --steps, --epochs, --minutes and --flops, not several.")
    }
    try check("--steps", steps, in: 1...Budget.maximum)
    try check("--epochs", epochs, in: 1...Budget.maximum)
    if let flops, !(flops > 0 && flops <= 1e30) {
      throw ValidationError("--flops is \(flops); expected more than 0.")
    }
    if let minutes, !(minutes > 0 && minutes <= Double(Budget.maximum)) {
      throw ValidationError("--minutes is \(minutes); expected more than 0.")
    }
  }
}
