import Foundation
import Gym
import JSON

extension FileManager {
  /// Whether a path exists, even as a link with a missing target.
  func isOccupied(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0
  }

  /// Creates one folder.
  func makeFolder(_ url: URL) throws {
    guard mkdir(url.path, 0o777) == 0 else {
      throw GymError.unwritten(url.path, SystemFault(), "the folder cannot be made")
    }
  }

  /// Creates the missing folders above a path.
  func makeParents(of url: URL) throws {
    do {
      try createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw GymError.unwritten(url.path, error, "the folder around it cannot be made")
    }
  }

  /// Removes a file, or a folder with its contents.
  func remove(_ url: URL) throws {
    do {
      try removeItem(at: url)
    } catch {
      throw GymError.unwritten(url.path, error, "it cannot be removed")
    }
  }

  /// Renames a file or folder to a name that is not in use.
  func rename(_ url: URL, to target: URL) throws {
    guard Foundation.rename(url.path, target.path) == 0 else {
      throw GymError.unwritten(
        url.path, SystemFault(), "it cannot be renamed to \(target.path)")
    }
  }
}
