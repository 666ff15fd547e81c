import Foundation
import Gym

/// A folder that is written aside and takes its name at the end, whole or not at all.
final class PendingFolder {
  /// Where it will be.
  let target: URL
  /// Where it is written.
  let url: URL
  private let replaces: Bool
  private var isPending = true

  /// What becomes of an earlier attempt.
  enum Opening {
    /// The folder has a name of its own; it is removed when it is not finished.
    case fresh
    /// The folder is `target` with ".partial", left for a later attempt to go on with.
    case resumable
    /// An earlier attempt is gone on with.
    case resuming
  }

  /// Makes the folder, or opens an earlier one.
  ///
  /// - Parameter replaces: whether a dataset at `target` may be replaced; nothing else ever is.
  init(for target: URL, replaces: Bool, _ opening: Opening = .fresh) throws {
    let target = target.standardizedFileURL
    self.target = target
    self.replaces = replaces
    let shared = Self.resumable(for: target)
    url =
      opening == .fresh
      ? shared.deletingLastPathComponent().appendingPathComponent(
        "\(shared.lastPathComponent)-\(UUID().uuidString.prefix(8))") : shared
    try Self.checkReplacing(target, allowed: replaces)
    let files = FileManager.default
    switch opening {
    case .fresh: break
    case .resumable where files.isOccupied(url):
      guard replaces else {
        throw GymError(
          "an unfinished dataset is here", at: url.path,
          remedy: "Pass --resume to go on with it, or --force to begin anew.")
      }
      try files.remove(url)
    case .resumable: break
    case .resuming:
      guard files.isOccupied(url) else {
        throw GymError(
          "there is nothing to go on with", at: url.path, expected: "an unfinished dataset",
          remedy: "Leave --resume out.")
      }
      return
    }
    try files.makeParents(of: target)
    try files.makeFolder(url)
  }

  /// Where a resumable folder is written.
  static func resumable(for target: URL) -> URL {
    let target = target.standardizedFileURL
    return target.deletingLastPathComponent()
      .appendingPathComponent("\(target.lastPathComponent).partial")
  }

  /// Gives the folder its name.
  func finish() throws {
    try Self.checkReplacing(target, allowed: replaces)
    let files = FileManager.default
    guard files.isOccupied(target) else {
      try files.rename(url, to: target)
      isPending = false
      return
    }
    let old = url.appendingPathExtension("old")
    try files.rename(target, to: old)
    do {
      try files.rename(url, to: target)
    } catch {
      try files.rename(old, to: target)
      throw error
    }
    isPending = false
    try files.remove(old)
  }

  /// Removes the folder, unless it is finished.
  func discard() throws {
    guard isPending else { return }
    isPending = false
    try FileManager.default.remove(url)
  }

  /// Nothing but a dataset or an empty folder is ever replaced, and only where that is allowed.
  private static func checkReplacing(_ target: URL, allowed: Bool) throws {
    let files = FileManager.default
    guard files.isOccupied(target) else { return }
    let contents = try? files.contentsOfDirectory(atPath: target.path)
    if contents?.isEmpty == true { return }
    guard allowed else {
      throw GymError(
        "it exists already", at: target.path, remedy: "Choose another name, or pass --force.")
    }
    let isDataset =
      contents != nil
      && (contents?.contains(DatasetManifest.fileName) == true
        || (try? DatasetFolder.splitNames(in: target))?.isEmpty == false)
    guard isDataset else {
      throw GymError(
        "this is no dataset, so it is not replaced", at: target.path,
        remedy: "Choose another name.")
    }
  }
}
