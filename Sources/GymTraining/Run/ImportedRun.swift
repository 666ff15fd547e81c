import Foundation
import Gym
import GymEvaluation

/// A run that begins with weights from elsewhere: it evaluates and resumes like any other.
public enum ImportedRun {
  /// Writes the run's folder with one checkpoint, of step 0: optimizer and warm-up start anew.
  ///
  /// - Parameters:
  ///   - configuration: the run's, with the weights' origin.
  ///   - agent: made from the configuration, with the weights.
  ///   - isReplacing: whether to delete an existing run in the folder.
  /// - Throws: a `GymError` if there is a run already, or the folder cannot be written.
  public static func write(
    _ configuration: RunConfiguration, agent: any LearningAgent, to url: URL, isReplacing: Bool
  ) throws {
    let folder = RunFolder(url)
    let lock = try folder.take(isReplacing: isReplacing)
    var state = CheckpointState.start
    state.spending = configuration.origin?.training ?? ResourceUsage()
    do {
      // The configuration goes first: while it exists, the folder is known to contain a run.
      try configuration.write(to: folder.configurationFile)
      try FileSystem.create(folder.checkpoints.folder)
      try MetricsLog(folder.metricsFile, continuingFrom: .start).flush()
      _ = try folder.checkpoints.save(state, of: agent)
    } catch {
      // The first error is the one to report.
      try? folder.clear()
      throw error
    }
    withExtendedLifetime(lock) {}
  }
}
