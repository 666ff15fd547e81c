import Foundation
import GymEvaluation
import GymReports
import GymTraining

extension Score {
  /// The score as readable tables.
  func text(title: String, width: Int) -> String {
    var table = TextTable(
      ("puzzles", .left), ("count", .right), ("solved", .right), ("share", .right),
      ("95 % interval", .left))
    table.add("all", overall)
    for part in byRating { table.add("rating: \(part.name)", part.solved) }
    if bySource.count > 1 {
      for part in bySource { table.add("source: \(part.name)", part.solved) }
    }
    var text = "\(title)\n\n"
    if unknown > 0 {
      text +=
        "The right answer to \(unknown) of \(asked) puzzles is not known: they have no score.\n"
    }
    if overall.count == 0, unknown > 0 { return text + wholeText }
    text += "\(table.text(width: width))\n"
    text +=
      "Cells right: \(cellAccuracy.percent). Mean segments: \(Figures.fixed(1, of: meanSegments)).\n"
    if !findings.isEmpty {
      let shares = findings.map { "\($0.name) \($0.solved.share.percent)" }
      text += "Findings: \(shares.joined(separator: ", ")).\n"
    }
    text += wholeText
    let reasons = failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (reason, count) in reasons.prefix(5) {
      text += "No answer to \(count): \(reason)\n"
    }
    let others = reasons.dropFirst(5).reduce(0) { $0 + $1.value }
    if others > 0 { text += "No answer to \(others): other reasons.\n" }
    return text
  }

  /// The task's scores for the split as a whole.
  private var wholeText: String {
    var text = ""
    for score in whole?.scores ?? [] {
      guard score.count > 0 else {
        text += "\(score.name): not known.\n"
        continue
      }
      let points = score.points == score.points.rounded() ? 0 : 1
      text += "\(score.name): \(Figures.fixed(points, of: score.points)) of \(score.count), "
      text += "\(score.value.percent).\n"
    }
    for note in whole?.notes ?? [] { text += "Note: \(note).\n" }
    return text
  }
}

extension TextTable {
  fileprivate mutating func add(_ name: String, _ solved: Proportion) {
    guard solved.count > 0 else { return }
    add(
      name, "\(solved.count)", "\(solved.successes)", solved.share.percent,
      "\(solved.interval().lowerBound.percent) to \(solved.interval().upperBound.percent)")
  }
}

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
    if parameters > 0 { text += "Parameters: \(Figures.count(parameters)).\n" }
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
