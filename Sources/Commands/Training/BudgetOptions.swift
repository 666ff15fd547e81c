import ArgumentParser
import Runner

/// How long to train: one of three ways to say it.
struct BudgetOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Train for N steps.", valueName: "N"))
  var steps: Int?

  @Option(help: ArgumentHelp("Train until each group was drawn N times.", valueName: "N"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Train for N minutes, interruptions not counted.", valueName: "N"))
  var minutes: Double?

  /// The budget; nil where none is given.
  var budget: Budget? {
    if let steps { return .steps(steps) }
    if let epochs { return .epochs(epochs) }
    return minutes.map { .minutes($0) }
  }

  func validate() throws {
    let given = [steps != nil, epochs != nil, minutes != nil].count { $0 }
    guard given <= 1 else {
      throw ValidationError("Give one of --steps, --epochs and --minutes, not several.")
    }
    try check("--steps", steps, in: 1...Budget.most)
    try check("--epochs", epochs, in: 1...Budget.most)
    if let minutes, !(minutes > 0 && minutes <= Double(Budget.most)) {
      throw ValidationError("--minutes is \(minutes); expected more than 0.")
    }
  }
}
