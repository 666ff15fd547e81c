import Gym
import GymReports
import Runner

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
