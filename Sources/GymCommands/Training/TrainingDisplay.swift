import Foundation
import Gym
import GymJSON
import GymReports
import GymTraining

/// Shows the progress of training.
final class TrainingDisplay {
  private let line = ProgressLine()
  private let budget: Budget
  /// The most recent steps, for running means.
  private var recent: [(seconds: Double, report: StepReport)] = []
  private var progress: TrainingProgress?

  /// The number of steps in a mean.
  private static let window = 100

  init(budget: Budget) {
    self.budget = budget
  }

  func show(_ event: TrainingEvent) {
    switch event {
    case .started(let progress, let parameters):
      self.progress = progress
      let start = progress.step == 0 ? "starts" : "continues after step \(progress.step)"
      let size = "\(Figures.count(parameters)) parameter\(parameters == 1 ? "" : "s")"
      line.note("Training \(start): \(size), \(plan(progress)).")
    case .foundDamage(let damage):
      line.note(
        "The checkpoint \(damage.folder.lastPathComponent) is damaged (\(damage.reason)); it is "
          + "set aside and the one before it is used.")
    case .stepped(let report, let progress):
      self.progress = progress
      recent.append((progress.seconds, report))
      if recent.count >= 2 * Self.window { recent.removeFirst(recent.count - Self.window) }
      line.update { text(progress) }
    case .validated(let score, let step):
      line.note("Step \(step): \(score.exactAccuracy.percent) of the validation puzzles solved.")
    case .saved, .logged: break
    }
  }

  /// Shows a warning, which stays.
  func warn(_ text: String) {
    line.note("Warning: \(text)")
  }

  /// Ends the display.
  func finish() {
    line.clear()
  }

  /// The final message.
  ///
  /// - Parameter best: the best validation, if any.
  func closing(
    _ end: TrainingEnd, run: String, best: (step: Int, score: ValidationScore)? = nil
  ) -> String {
    let step = progress?.step ?? 0
    let time = (progress?.seconds ?? 0).clockTime
    let numbers = recent.isEmpty ? "" : " (\(means))"
    let state =
      step == 0
      ? "no step was taken, and \(run) has no checkpoint"
      : "step \(step) after \(time)\(numbers), saved in \(run)"
    let kept = best.map { best in
      " Best on validation: \(best.score.exact.percent) solved, at step \(best.step); "
        + "`evaluate --best` takes it."
    }
    switch end {
    case .completed: return "Done: \(state).\(kept ?? "")"
    case .stoppedEarly: return "Stopped, since validation got no better: \(state).\(kept ?? "")"
    case .interrupted: return "Interrupted: \(state); continue with --resume."
    }
  }

  /// The final message as JSON.
  ///
  /// - Parameter checkpoint: the newest one's folder, if there is one.
  func summary(
    _ end: TrainingEnd, run: URL, checkpoint: URL?, best: (step: Int, score: ValidationScore)?
  ) -> JSON {
    let best: JSON? = best.map { best in
      [
        "step": JSON(best.step), "exact": .number(best.score.exact),
        "cells": .number(best.score.cells),
      ]
    }
    return [
      "end": .string(end.rawValue), "run": .string(run.path),
      "step": JSON(progress?.step ?? 0),
      "seconds": .number(progress?.seconds ?? 0),
      "checkpoint": checkpoint.map { .string($0.path) } ?? .null,
      "best": best ?? .null,
    ]
  }

  private func plan(_ progress: TrainingProgress) -> String {
    guard case .epochs(let epochs) = budget, let steps = progress.plannedSteps else {
      return "\(budget)"
    }
    return "\(budget), which \(epochs == 1 ? "is" : "are") \(steps.counted("step"))"
  }

  private func text(_ progress: TrainingProgress) -> String {
    let planned = progress.plannedSteps.map { "/\($0)" } ?? ""
    let left = progress.secondsLeft.map { " · \($0.clockTime) left" } ?? ""
    return "step \(progress.step)\(planned)\(rate) · \(means)\(left)"
  }

  private var rate: String {
    guard let first = recent.first, let last = recent.last, last.seconds > first.seconds else {
      return ""
    }
    let rate = Double(recent.count - 1) / (last.seconds - first.seconds)
    return " · \(Figures.fixed(rate < 10 ? 2 : 0, of: rate)) steps/s"
  }

  /// Loss, accuracies and segments over the last steps.
  private var means: String {
    var sum = StepReport()
    for (_, report) in recent.suffix(Self.window) { sum.add(report) }
    let loss = "loss \(Figures.fixed(3, of: sum.loss / Double(max(1, sum.steps))))"
    guard sum.finished > 0 else { return loss }
    let finished = Double(sum.finished)
    return loss + " · cells \((sum.cellAccuracy / finished).percent)"
      + " · exact \((Double(sum.exact) / finished).percent)"
      + " · segments \(Figures.fixed(1, of: Double(sum.segments) / finished))"
  }
}

/// Writes what a run logs as TensorBoard events; if that fails later, training continues without.
final class TensorBoardFollower {
  private var log: TensorBoardLog?
  private let warn: (String) -> Void

  /// Starts the events of a run; does nothing without a folder.
  ///
  /// - Throws: a `GymError` if the folder cannot be written.
  init(_ folder: String?, of run: TrainingRun, warn: @escaping (String) -> Void) throws {
    self.warn = warn
    guard let folder else { return }
    let progress = run.progress
    let log = try TensorBoardLog(
      in: URL(fileURLWithPath: folder), run: run.folder, from: progress.step,
      flops: progress.cost.flops)
    try log.write(run.configuration, step: progress.step)
    self.log = log
  }

  /// Follows an event of training.
  func follow(_ event: TrainingEvent) {
    guard let log, case .logged(let line) = event else { return }
    do {
      try log.write(line)
    } catch {
      self.log = nil
      warn("TensorBoard's events are no longer written, training continues: \(error.reason)")
    }
  }
}
