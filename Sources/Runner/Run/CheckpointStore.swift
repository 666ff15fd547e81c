import Foundation
import Gym
import JSON

/// The checkpoints of a run.
///
/// A checkpoint is written aside, brought to disk and renamed, so that a process killed at any
/// moment leaves only whole ones. The newest two are kept, and the best on validation.
public struct CheckpointStore: Sendable {
  /// The folder that holds a folder for each checkpoint.
  public let folder: URL
  private static let prefix = "step-"
  private static let asidePrefix = ".writing-"
  private static let kept = 2

  /// The checkpoints in a folder, which need not exist.
  public init(_ folder: URL) {
    self.folder = folder
  }

  /// The checkpoints' folders, newest first, unopened.
  func folders() throws -> [URL] {
    try DiskFolder.names(in: folder)
      .filter { Self.step(ofName: $0) != nil }
      .sorted { (Self.step(ofName: $0) ?? 0) > (Self.step(ofName: $1) ?? 0) }
      .map { folder.appendingPathComponent($0) }
  }

  /// The newest checkpoint that is whole, nil if there are none at all; damaged ones are
  /// handed to `report`.
  ///
  /// - Throws: a `GymError` if all are damaged.
  public func newest(report: (DamagedCheckpoint) throws -> Void) throws -> Checkpoint? {
    let folders = try folders()
    for folder in folders {
      do {
        return try Checkpoint(verifying: folder)
      } catch {
        try report(DamagedCheckpoint(folder: folder, reason: error.reason))
      }
    }
    guard folders.isEmpty else {
      throw GymError(
        "every checkpoint is damaged", at: folder.path,
        remedy: "Start the run over with --force, or put a good copy back")
    }
    return nil
  }

  /// The whole checkpoint with the best validation score; nil if none was validated.
  public func best() throws -> Checkpoint? {
    try bestFolder(of: folders()).map { try Checkpoint(verifying: $0) }
  }

  /// Saves an agent's state, then deletes checkpoints that are no longer needed.
  func save(_ state: CheckpointState, of agent: any LearningAgent) throws -> URL {
    let name = Self.prefix + String(state.step).leftPadded(to: 8)
    let aside = folder.appendingPathComponent(Self.asidePrefix + name)
    let final = folder.appendingPathComponent(name)
    do {
      try removeUnfinished()
      try DiskFolder.create(aside.appendingPathComponent("agent"))
      try agent.save(to: aside.appendingPathComponent("agent"))
      try state.json.write(to: Checkpoint.stateFile(in: aside))
      try Checkpoint.seal(aside)
      try DiskFolder.remove(final)
      try DiskFolder.rename(aside, to: final)
      try DiskFolder.synchronize(folder)
    } catch {
      // What went wrong first is what is told; a rest that stays is deleted by the next save.
      try? DiskFolder.remove(aside)
      let last = try folders().first?.lastPathComponent
      throw GymError(
        "the checkpoint of step \(state.step) could not be saved: \(error.reason)",
        at: folder.path,
        remedy: (last.map { "The last one is \($0). " } ?? "")
          + "Make room or access, then go on with --resume")
    }
    try prune()
    return final
  }

  /// Renames a damaged checkpoint so that it is kept but never taken for a good one.
  func setAside(_ damaged: DamagedCheckpoint) throws {
    let name = "damaged-" + damaged.folder.lastPathComponent
    let target = folder.appendingPathComponent(name)
    try DiskFolder.remove(target)
    try DiskFolder.rename(damaged.folder, to: target)
  }

  /// Deletes a checkpoint.
  func delete(_ checkpoint: URL) throws {
    try DiskFolder.remove(checkpoint)
  }

  /// Deletes what a killed process left unfinished, but for a checkpoint that only lacks its name:
  /// one that replaces another of its step is without for a moment.
  func removeUnfinished() throws {
    for name in try DiskFolder.names(in: folder) where name.hasPrefix(Self.asidePrefix) {
      let aside = folder.appendingPathComponent(name)
      let final = folder.appendingPathComponent(String(name.dropFirst(Self.asidePrefix.count)))
      let isMissing = !FileManager.default.fileExists(atPath: final.path)
      if isMissing, (try? Checkpoint(verifying: aside)) != nil {
        try DiskFolder.rename(aside, to: final)
      } else {
        try DiskFolder.remove(aside)
      }
    }
  }

  private func prune() throws {
    let folders = try folders()
    let best = bestFolder(of: folders)
    for folder in folders.dropFirst(Self.kept) where folder != best {
      try DiskFolder.remove(folder)
    }
  }

  /// The oldest folder whose state has the highest validation score, nil if none has one.
  private func bestFolder(of folders: [URL]) -> URL? {
    let scored = folders.reversed().compactMap { folder in
      validation(of: folder).map { (folder, $0) }
    }
    return scored.max { $0.1 < $1.1 }?.0
  }

  /// The validation score in a checkpoint's state; nil if there is none to be read.
  private func validation(of folder: URL) -> ValidationScore? {
    (try? CheckpointState(contentsOf: Checkpoint.stateFile(in: folder)))?.validation
  }

  private static func step(ofName name: String) -> Int? {
    name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
  }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}
