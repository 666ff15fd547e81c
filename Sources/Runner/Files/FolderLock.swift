import Foundation
import Gym
import JSON

/// A lock on a folder for one process at a time; it ends with the process, however that ends.
final class FolderLock {
  private let descriptor: Int32

  /// Takes the lock.
  ///
  /// - Throws: a `GymError` if another process holds it, or the folder is read-only.
  init(_ folder: URL) throws {
    // The lock file is kept when the lock is released: a deleted file could be locked twice.
    let file = folder.appendingPathComponent(".lock")
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw GymError.unwritten(folder.path, SystemFault(), "the folder cannot be written to")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      close(descriptor)
      guard reason == EWOULDBLOCK else {
        throw GymError("cannot be locked: \(String(cString: strerror(reason)))", at: file.path)
      }
      throw GymError(
        "another process is training this run", at: folder.path,
        remedy: "Wait until it ends, or choose another folder with --out")
    }
  }

  deinit {
    close(descriptor)
  }
}
