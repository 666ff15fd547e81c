import Foundation
import Gym

extension FileManager {
  /// Checks, before the work, that a file may be written after it.
  ///
  /// - Throws: a `GymError` if one is there and `force` does not say to replace it.
  func checkFree(_ path: String?, force: Bool) throws {
    guard let path, !force, fileExists(atPath: path) else { return }
    throw GymError(
      "there is a file already", at: path, remedy: "Replace it by --force, or name another")
  }
}
