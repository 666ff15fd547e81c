import Foundation
import Gym

extension FileManager {
  /// Whether something is at a place, be it a link that leads nowhere.
  func isOccupied(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0
  }

  /// Makes one folder.
  func makeFolder(_ url: URL) throws {
    guard mkdir(url.path, 0o777) == 0 else {
      throw GymError("the folder cannot be made (\(systemErrorText()))", at: url.path)
    }
  }

  /// Makes the folders that are missing on the way to a place.
  func makeParents(of url: URL) throws {
    do {
      try createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw GymError(
        "the folder around it cannot be made (\(error.localizedDescription))", at: url.path)
    }
  }

  /// Removes a file or a folder with what is in it.
  func remove(_ url: URL) throws {
    do {
      try removeItem(at: url)
    } catch {
      throw GymError("it cannot be removed (\(error.localizedDescription))", at: url.path)
    }
  }

  /// Renames a file or folder to a name that is not taken.
  func rename(_ url: URL, to target: URL) throws {
    guard Foundation.rename(url.path, target.path) == 0 else {
      throw GymError("it cannot be renamed to \(target.path) (\(systemErrorText()))", at: url.path)
    }
  }
}
