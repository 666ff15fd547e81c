import Foundation
import Gym

/// The folder of a run, and what lies where in it.
public struct RunFolder: Sendable, Hashable {
  /// Where it lies; it need not exist yet.
  public let url: URL

  /// The folder at a place; nothing is read or made.
  public init(_ url: URL) {
    self.url = url
  }

  /// All that the run is made from.
  public var configurationFile: URL { url.appendingPathComponent("config.json") }
  /// What training measured, a line for every few steps.
  public var metricsFile: URL { url.appendingPathComponent("metrics.jsonl") }
  /// The saved states.
  public var checkpoints: CheckpointStore {
    CheckpointStore(url.appendingPathComponent("checkpoints"))
  }

  /// Whether a run is here.
  public var holdsRun: Bool { exists(configurationFile) }

  /// Makes sure that no run is here, before anything is done for a new one.
  ///
  /// - Throws: a `GymError` if there is one.
  public func checkHoldsNoRun() throws {
    guard holdsRun else { return }
    throw GymError(
      "there is a run already", at: url.path,
      remedy: "Go on with it by --resume, replace it by --force, or name another folder")
  }

  /// Makes sure that nothing of a run's names is here that no run has written.
  func checkIsFree() throws {
    for file in [metricsFile, checkpoints.folder] where exists(file) {
      throw GymError(
        "\(file.lastPathComponent) is here, but no \(configurationFile.lastPathComponent)",
        at: url.path, expected: "an empty or new folder, or one with a run",
        remedy: "Name another folder with --out")
    }
  }

  /// Deletes the run's own files, and nothing else that lies beside them.
  func clear() throws {
    // The configuration goes last: as long as it is there, the folder is known to hold a run.
    for file in [metricsFile, checkpoints.folder, configurationFile] {
      try DiskFolder.remove(file)
    }
  }

  private func exists(_ file: URL) -> Bool { FileManager.default.fileExists(atPath: file.path) }
}
