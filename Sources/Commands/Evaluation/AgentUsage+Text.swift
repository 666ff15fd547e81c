import Foundation
import GymEvaluation
import GymReports
import Runner

extension AgentUsage {
  /// The costs as a few readable lines.
  var text: String {
    var text = "Solving took \(solving.text)"
    if puzzles > 0, solving.cost.flops > 0 { text += ", \(flopsPerPuzzle.operations) per puzzle" }
    text += ".\n"
    if solving.cost.tokens > 0 {
      let perPuzzle = Figures.fixed(1, of: tokensPerPuzzle)
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
    let time = seconds < 60 ? "\(Figures.fixed(1, of: seconds)) s" : seconds.clockTime
    return operations + time
  }
}
