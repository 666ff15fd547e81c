import Foundation
import Gym
import JSON

/// Files with secrets.
enum PrivateFile {
  /// Writes JSON to a new file that only its owner may read.
  ///
  /// - Parameter what: its content, for messages: "the key".
  /// - Throws: a `GymError` if the file already exists or cannot be created.
  static func write(_ json: JSON, _ what: String, to url: URL) throws {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      guard errno == EEXIST else {
        throw GymError.unwritten(url.path, SystemFault(), "\(what) cannot be written")
      }
      throw GymError("\(what) cannot be written: \(SystemFault().reason)", at: url.path)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(json.bytes(.pretty) + [0x0A]))
      try handle.synchronize()
      try handle.close()
    } catch {
      // A partial secret is useless, and would block the next attempt.
      unlink(url.path)
      throw GymError.unwritten(url.path, error, "\(what) cannot be written")
    }
  }
}
