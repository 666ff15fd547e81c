import Gym
import GymReports
import GymTraining

/// Shows the progress of a comparison.
final class ComparisonDisplay {
  private let line: ProgressLine
  /// The most recent steps, for running means.
  private var recent: [StepReport] = []

  private static let window = 100

  init(_ line: ProgressLine) {
    self.line = line
  }

  func show(_ event: ComparisonEvent) {
    switch event {
    case .began: recent = []
    case .training(let entry, let event, let left): show(event, of: entry, left)
    case .solving(let entry, let done, let count):
      line.update { "\(Self.name(entry)) · solving \(done) of \(count) puzzles" }
    case .finished(let entry, let result, let isEarlier):
      let when = isEarlier ? " (done before)" : ""
      line.note("\(Self.name(entry)): \(result.tally.share.percent) solved\(when)")
    }
  }

  private func show(_ event: TrainingEvent, of entry: ComparisonRun, _ left: Double?) {
    switch event {
    case .started(let progress, _) where progress.step > 0:
      line.note("\(Self.name(entry)) continues after step \(progress.step)")
    case .foundDamage(let damage):
      line.note("The checkpoint \(damage.folder.path) is damaged: \(damage.reason)")
    case .stepped(let report, let progress):
      recent.append(report)
      if recent.count >= 2 * Self.window { recent.removeFirst(recent.count - Self.window) }
      line.update { text(entry, progress, left) }
    default: break
    }
  }

  private func text(
    _ entry: ComparisonRun, _ progress: TrainingProgress, _ left: Double?
  ) -> String {
    var sum = StepReport()
    for report in recent.suffix(Self.window) { sum.add(report) }
    let planned = progress.plannedSteps.map { "/\($0)" } ?? ""
    var text = "\(Self.name(entry)) · step \(progress.step)\(planned)"
    text += " · loss \(Figures.fixed(3, of: sum.loss / Double(max(1, sum.steps))))"
    if sum.finished > 0 {
      text += " · exact \((Double(sum.exact) / Double(sum.finished)).percent)"
    }
    return text + (left.map { " · \($0.clockTime) left of all" } ?? "")
  }

  private static func name(_ entry: ComparisonRun) -> String {
    "[\(entry.number)/\(entry.count)] \(entry.name)"
  }
}

extension ComparisonSummary {
  /// The summary as a readable table.
  ///
  /// - Parameters:
  ///   - copies: the votes or attempts that each puzzle had, in words; nil for one answer.
  ///   - isChosen: whether the task's rules chose among the votes.
  func text(width: Int, copies: String? = nil, isChosen: Bool = false) -> String {
    let speaks = rows.contains { $0.mean(\.usage.tokensPerPuzzle) > 0 }
    var table = TextTable(
      ("agent", .left), ("solved", .right), ("95 %", .right), ("params", .right),
      ("training", .right), ("time", .right), ("per puzzle", .right), ("", .right),
      ("segs", .right), (speaks ? "tokens" : "", .right))
    for row in rows { row.add(to: &table, speaks: speaks) }
    let counts = Set(rows.map(\.results.count))
    let seeds = counts.max() ?? 1
    let which = counts.count > 1 ? "each agent's own" : "\(seeds)"
    var text =
      table.text(width: width) + """

        Solved: \(seeds > 1 ? "mean ± standard deviation over \(which) seeds" : "of all puzzles"); \
        95 %: \(seeds > 1 ? "Student's t over the seeds or " : "")Wilson's interval over the puzzles\
        \(seeds > 1 ? ", as far as either reaches" : "").
        Training and time per run; then operations, time, segments\
        \(speaks ? ", tokens" : "") per puzzle.

        """
    if let copies { text += "Each puzzle had \(copies).\n" }
    if isChosen {
      text += "*: was given the task's rules, or they chose among its votes.\n"
    } else if rows.contains(where: \.usesRules) {
      text += "*: was given the task's rules.\n"
    }
    return text
  }
}

extension ComparisonSummary.Row {
  fileprivate func add(to table: inout TextTable, speaks: Bool) {
    let spread = accuracy.standardDeviation.map { " ± \(Figures.hundredths($0))" } ?? ""
    let (low, high) = (interval.lowerBound, interval.upperBound)
    let parameters = results[0].usage.parameters
    let training = mean { $0.usage.training?.cost.flops ?? 0 }
    let seconds = mean { $0.usage.training?.seconds ?? 0 }
    let solving = mean(\.usage.flopsPerPuzzle)
    let time = mean { $0.usage.solving.seconds / Double(max(1, $0.usage.puzzles)) }
    table.add(
      usesRules ? "\(label) *" : label, "\(Figures.hundredths(accuracy.mean))\(spread) %",
      "\(Figures.hundredths(low))–\(Figures.hundredths(high))",
      parameters > 0 ? "\(parameters)" : "–", training > 0 ? training.operations : "–",
      seconds > 0 ? seconds.clockTime : "–", solving > 0 ? solving.operations : "–",
      "\(Figures.fixed(2, of: time * 1000)) ms", Figures.fixed(1, of: mean(\.segments)),
      speaks ? Figures.fixed(0, of: mean(\.usage.tokensPerPuzzle)) : "")
  }
}
