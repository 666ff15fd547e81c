import Foundation
import GymEvaluation
import Runner

extension AgentUsage {
  /// The costs as a few readable lines.
  var text: String {
    var text = "Solving took \(solving.text)"
    if puzzles > 0, solving.cost.flops > 0 { text += ", \(flopsPerPuzzle.operations) per puzzle" }
    text += ".\n"
    if solving.cost.tokens > 0 {
      let perPuzzle = fixed(1, of: tokensPerPuzzle)
      text += "Thought tokens: \(solving.cost.tokens), \(perPuzzle) per puzzle.\n"
    }
    if let training { text += "Training took \(training.text).\n" }
    if parameters > 0 { text += "Parameters: \(parameters).\n" }
    return text
  }
}

extension ResourceUsage {
  fileprivate var text: String {
    let operations = cost.flops > 0 ? "\(cost.flops.operations) and " : ""
    let time = seconds < 60 ? "\(fixed(1, of: seconds)) s" : seconds.clockTime
    return operations + time
  }
}

extension Double {
  /// Floating-point operations with a unit prefix, such as 2.5 GFLOP.
  var operations: String {
    let units: [(Double, String)] = [
      (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"),
    ]
    // A value just below a unit rounds to 1 of that unit in three digits.
    let (unit, name) = units.first { self >= 0.9995 * $0.0 } ?? (1, "")
    return "\(String(format: "%.3g", self / unit)) \(name)FLOP"
  }
}
