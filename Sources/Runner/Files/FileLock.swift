import Foundation
import Gym

/// A lock on a file for one process at a time; it ends with the process, however that ends.
final class FileLock {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Throws: a `GymError` if another process holds it.
  init(_ file: URL) throws {
    descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GymError("cannot be opened: \(String(cString: strerror(errno)))", at: file.path)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      close(descriptor)
      throw GymError(
        reason == EWOULDBLOCK
          ? "another process is writing it"
          : "cannot be locked: \(String(cString: strerror(reason)))",
        at: file.path, remedy: reason == EWOULDBLOCK ? "Wait until it ends" : nil)
    }
  }

  deinit {
    close(descriptor)
  }
}
