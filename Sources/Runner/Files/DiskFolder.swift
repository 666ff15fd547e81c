import Foundation
import Gym
import JSON

/// Folders and files on disk, with errors that name them.
enum DiskFolder {
  /// Creates a folder and those above it.
  static func create(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw GymError.unwritten(url.path, error, "the folder cannot be made")
    }
  }

  /// Deletes a file or folder if it exists.
  static func remove(_ url: URL) throws {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    do {
      try FileManager.default.removeItem(at: url)
    } catch {
      throw GymError.unwritten(url.path, error, "it cannot be deleted")
    }
  }

  /// The names of a folder's entries, sorted; none if the folder does not exist.
  static func names(in url: URL) throws -> [String] {
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    } catch {
      throw GymError("the folder cannot be read: \(error.reason)", at: url.path)
    }
  }

  /// The paths of all regular files under a folder, relative to it, sorted.
  static func files(under url: URL) throws -> [String] {
    try names(in: url).flatMap { name -> [String] in
      let entry = url.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: entry.path, isDirectory: &isFolder) else {
        return []
      }
      return isFolder.boolValue ? try files(under: entry).map { "\(name)/\($0)" } : [name]
    }
  }

  /// Renames a file or folder; replaces an existing file.
  static func rename(_ old: URL, to new: URL) throws {
    guard Foundation.rename(old.path, new.path) == 0 else {
      throw GymError.unwritten(
        old.path, SystemFault(), "it cannot be renamed to \(new.lastPathComponent)")
    }
  }

  /// Waits until a file's bytes, or a folder's names, are on disk.
  static func synchronize(_ url: URL) throws {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GymError("cannot be opened: \(String(cString: strerror(errno)))", at: url.path)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw GymError.unwritten(url.path, SystemFault(), "it does not reach the disk")
    }
  }
}
