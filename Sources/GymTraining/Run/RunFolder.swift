import Foundation
import Gym
import GymDatasets

/// The folder of a run, and the paths in it.
public struct RunFolder: Sendable, Hashable {
  /// Its path; it need not exist yet.
  public let url: URL

  /// The folder at a path; nothing is read or created.
  public init(_ url: URL) {
    self.url = url
  }

  /// The run's configuration.
  public var configurationFile: URL { url.appendingPathComponent("config.json") }
  /// The measurements during training, one line per few steps.
  public var metricsFile: URL { url.appendingPathComponent("metrics.jsonl") }
  /// The saved states.
  public var checkpoints: CheckpointStore {
    CheckpointStore(url.appendingPathComponent("checkpoints"))
  }

  /// Whether the folder contains a run.
  public var holdsRun: Bool { exists(configurationFile) }

  /// Makes sure in advance that the folder contains no run.
  ///
  /// - Throws: a `GymError` if there is one.
  public func checkHoldsNoRun() throws {
    guard holdsRun else { return }
    throw GymError(
      "there is a run already", at: url.path,
      remedy: "Continue it with --resume, replace it with --force, or name another folder")
  }

  /// Makes the folder, if it is missing, and takes it for a new run.
  ///
  /// - Parameter isReplacing: whether to delete an existing run in the folder.
  /// - Throws: a `GymError` if there is a run already, or something else that would be mixed up.
  func take(isReplacing: Bool) throws -> FileLock {
    try FileSystem.create(url)
    let lock = try FileLock(folder: url)
    if isReplacing, holdsRun { try clear() }
    try checkHoldsNoRun()
    try checkIsFree()
    return lock
  }

  /// Makes sure that the folder is no dataset, and that no files with a run's names exist that were
  /// not written by a run. An empty folder of checkpoints may remain from a run that could not
  /// begin.
  func checkIsFree() throws {
    guard try !exists(url) || !Dataset.isDataset(url) else {
      throw GymError(
        "this is a dataset's folder", at: url.path, expected: "a run's own folder",
        remedy: "Name another folder with --out")
    }
    for file in [metricsFile, checkpoints.folder] where exists(file) {
      if try file == checkpoints.folder && FileSystem.files(under: file).isEmpty { continue }
      throw GymError(
        "\(file.lastPathComponent) is here, but no \(configurationFile.lastPathComponent)",
        at: url.path, expected: "an empty or new folder, or one with a run",
        remedy: "Name another folder with --out")
    }
  }

  /// Deletes the run's own files, and nothing else beside them.
  func clear() throws {
    // The configuration goes last: while it exists, the folder is known to contain a run.
    for file in [metricsFile, checkpoints.folder, configurationFile] {
      try FileSystem.remove(file)
    }
  }

  private func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }
}
