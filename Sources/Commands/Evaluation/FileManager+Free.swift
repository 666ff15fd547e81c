import Foundation
import Gym

extension FileManager {
  /// Checks in advance that a file may be written later.
  ///
  /// - Throws: a `GymError` if it exists and `force` does not allow replacing it.
  func checkFree(_ path: String?, force: Bool) throws {
    guard let path, !force, fileExists(atPath: path) else { return }
    throw GymError(
      "there is a file already", at: path, remedy: "Replace it by --force, or name another")
  }
}
