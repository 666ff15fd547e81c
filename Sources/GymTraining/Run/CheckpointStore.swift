import Foundation
import Gym
import GymJSON

/// The checkpoints of a run.
///
/// A checkpoint is written under a temporary name, flushed to disk and renamed, so that a process
/// killed at any moment leaves only complete ones. The newest two are kept, and the one with the
/// best validation score.
public struct CheckpointStore: Sendable {
  /// The folder with one subfolder per checkpoint.
  public let folder: URL
  private static let prefix = "step-"
  private static let asidePrefix = ".writing-"
  private static let kept = 2

  /// The checkpoints in a folder, which need not exist.
  public init(_ folder: URL) {
    self.folder = folder
  }

  /// The checkpoints' folders, newest first, not verified.
  func folders() throws -> [URL] {
    try FileSystem.names(in: folder)
      .filter { Self.step(ofName: $0) != nil }
      .sorted { (Self.step(ofName: $0) ?? 0) > (Self.step(ofName: $1) ?? 0) }
      .map { folder.appendingPathComponent($0) }
  }

  /// The newest intact checkpoint; nil if there are none at all. Damaged ones are passed to
  /// `report`.
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

  /// The checkpoint with the best validation score, verified; nil if none was validated.
  public func best() throws -> Checkpoint? {
    try bestFolder(of: folders()).map { try Checkpoint(verifying: $0) }
  }

  /// The checkpoint of a step, verified.
  func checkpoint(ofStep step: Int) throws -> Checkpoint {
    try Checkpoint(verifying: folder.appendingPathComponent(Self.name(ofStep: step)))
  }

  /// Saves an agent's state, then deletes checkpoints that are no longer needed. All ranks call it,
  /// and rank 0 writes.
  func save(_ state: CheckpointState, of agent: any LearningAgent, ranks: Ranks = .alone) throws
    -> URL
  {
    let name = Self.name(ofStep: state.step)
    let aside = folder.appendingPathComponent(Self.asidePrefix + name)
    let final = folder.appendingPathComponent(name)
    guard ranks.isFirst else {
      try agent.save(to: final)
      return final
    }
    do {
      try removeUnfinished()
      try FileSystem.create(aside.appendingPathComponent("agent"))
      try agent.save(to: aside.appendingPathComponent("agent"))
      try state.json.write(to: Checkpoint.stateFile(in: aside))
      try Checkpoint.seal(aside)
      try FileSystem.remove(final)
      try FileSystem.rename(aside, to: final)
    } catch {
      // The first error is reported; leftovers are deleted by the next save.
      try? FileSystem.remove(aside)
      let last = try folders().first?.lastPathComponent
      let cause = error as? GymError
      throw GymError(
        "the checkpoint of step \(state.step) could not be saved: \(cause?.what ?? error.reason)",
        at: cause?.location ?? folder.path, expected: cause?.expected,
        remedy: (last.map { "The last one, \($0), is kept, and --resume continues from it. " } ?? "")
          + (cause?.remedy ?? "Make room or access"))
    }
    try prune()
    return final
  }

  /// Renames a damaged checkpoint so that it is kept but never used.
  func setAside(_ damaged: DamagedCheckpoint) throws {
    let name = "damaged-" + damaged.folder.lastPathComponent
    let target = folder.appendingPathComponent(name)
    try FileSystem.remove(target)
    try FileSystem.rename(damaged.folder, to: target)
  }

  /// Deletes a checkpoint.
  func delete(_ checkpoint: URL) throws {
    try FileSystem.remove(checkpoint)
  }

  /// Deletes the unfinished files of a killed process, except a checkpoint that only lacks its
  /// name: one that replaces another of the same step has no name for a moment.
  func removeUnfinished() throws {
    for name in try FileSystem.names(in: folder) where name.hasPrefix(Self.asidePrefix) {
      let aside = folder.appendingPathComponent(name)
      let final = folder.appendingPathComponent(String(name.dropFirst(Self.asidePrefix.count)))
      let isMissing = !FileManager.default.fileExists(atPath: final.path)
      if isMissing, (try? Checkpoint(verifying: aside)) != nil {
        try FileSystem.rename(aside, to: final)
      } else {
        try FileSystem.remove(aside)
      }
    }
  }

  private func prune() throws {
    let folders = try folders()
    let best = bestFolder(of: folders)
    for folder in folders.dropFirst(Self.kept) where folder != best {
      try FileSystem.remove(folder)
    }
  }

  /// The oldest folder whose state has the highest validation score; nil if none has one.
  private func bestFolder(of folders: [URL]) -> URL? {
    let scored = folders.reversed().compactMap { folder in
      validation(of: folder).map { (folder, $0) }
    }
    return scored.max { $0.1 < $1.1 }?.0
  }

  /// The validation score in a checkpoint's state; nil if none can be read.
  private func validation(of folder: URL) -> ValidationScore? {
    (try? CheckpointState(contentsOf: Checkpoint.stateFile(in: folder)))?.validation
  }

  private static func name(ofStep step: Int) -> String {
    prefix + String(step).leftPadded(to: 8)
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
