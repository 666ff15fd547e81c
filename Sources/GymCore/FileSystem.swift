import Foundation
import GymJSON

/// Folders and files on disk, with errors that name them.
///
/// What must be whole or not there is written aside, flushed and renamed: single files by
/// `WholeFile`, other files and folders by `rename` and `replace`, which flush the folder around
/// them, so that the new name is on disk too.
public enum FileSystem {
  /// Makes a folder and those above it.
  public static func create(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw GymError.unwritten(url.path, error, "the folder cannot be made")
    }
  }

  /// Makes a folder that must not be there yet, in one that is.
  public static func createNew(_ url: URL) throws {
    guard mkdir(url.path, 0o777) == 0 else {
      throw GymError.unwritten(url.path, SystemFault(), "the folder cannot be made")
    }
  }

  /// Whether there is something at a place, even if it is only a link that leads nowhere.
  public static func isOccupied(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0
  }

  /// Deletes a file or folder if there is one.
  public static func remove(_ url: URL) throws {
    guard isOccupied(url) else { return }
    do {
      try FileManager.default.removeItem(at: url)
    } catch {
      throw GymError.unwritten(url.path, error, "it cannot be deleted")
    }
  }

  /// The names of a folder's entries, sorted; none if there is no folder. What the Finder of macOS
  /// leaves in a folder that somebody looked at is no entry.
  public static func names(in url: URL) throws -> [String] {
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: url.path)
        .filter { $0 != ".DS_Store" }.sorted()
    } catch {
      throw GymError("the folder cannot be read: \(error.reason)", at: url.path)
    }
  }

  /// The paths of all regular files under a folder, relative to it, sorted.
  public static func files(under url: URL) throws -> [String] {
    try names(in: url).flatMap { name -> [String] in
      let entry = url.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: entry.path, isDirectory: &isFolder) else {
        return []
      }
      return isFolder.boolValue ? try files(under: entry).map { "\(name)/\($0)" } : [name]
    }
  }

  /// Renames a file or folder within its folder, and flushes that; a file at the new name is
  /// replaced.
  public static func rename(_ old: URL, to new: URL) throws {
    guard Foundation.rename(old.path, new.path) == 0 else {
      throw GymError.unwritten(
        old.path, SystemFault(), "it cannot be renamed to \(new.lastPathComponent)")
    }
    try synchronize(new.deletingLastPathComponent())
  }

  /// Puts a folder that was written aside in its place. What is there goes only once the new one
  /// is there, and comes back if that fails.
  public static func replace(_ target: URL, with aside: URL) throws {
    guard isOccupied(target) else { return try rename(aside, to: target) }
    let old = aside.appendingPathExtension("old")
    try rename(target, to: old)
    do {
      try rename(aside, to: target)
    } catch {
      try rename(old, to: target)
      throw error
    }
    try remove(old)
  }

  /// Waits until a file's bytes, or a folder's names, are on disk.
  public static func synchronize(_ url: URL) throws {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GymError("cannot be opened: \(SystemFault().reason)", at: url.path)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw GymError.unwritten(url.path, SystemFault(), "it does not reach the disk")
    }
  }

  /// Waits until everything in a folder is on disk.
  public static func synchronize(everythingIn url: URL) throws {
    let files = try files(under: url)
    for name in files { try synchronize(url.appendingPathComponent(name)) }
    let folders = Set(
      files.map { url.appendingPathComponent($0).deletingLastPathComponent().standardizedFileURL })
    for folder in folders { try synchronize(folder) }
  }
}
