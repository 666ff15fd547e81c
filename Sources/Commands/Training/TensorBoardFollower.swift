import Foundation
import Gym
import Runner

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
