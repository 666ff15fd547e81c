import Foundation
import GymJSON

/// A lock that one process at a time holds; it ends with the process, however that ends.
public final class FileLock {
  private let descriptor: Int32

  /// Locks a file that is there.
  ///
  /// - Throws: a `GymError` if another process holds the lock.
  public init(_ file: URL) throws {
    descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GymError("cannot be opened: \(SystemFault().reason)", at: file.path)
    }
    try take(
      file,
      otherwise: GymError(
        "another process is writing it", at: file.path, remedy: "Wait until it ends"))
  }

  /// Locks a folder by a file `.lock` in it.
  ///
  /// - Parameters:
  ///   - work: the work that the other process would be doing, for its error.
  ///   - isNeeded: whether a file system without locks is an error.
  /// - Throws: a `GymError` if another process holds the lock, or the folder is read-only.
  public init(
    folder: URL, while work: String = "training this run", isNeeded: Bool = true
  ) throws {
    // The file stays when the lock goes: a file that is deleted could be locked twice.
    let file = folder.appendingPathComponent(".lock")
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw GymError.unwritten(folder.path, SystemFault(), "the folder cannot be written to")
    }
    try take(
      file,
      otherwise: GymError(
        "another process is \(work)", at: folder.path,
        remedy: "Wait until it ends, or choose another folder with --out"), isNeeded: isNeeded)
  }

  // When an initializer throws here, all properties are set, so `deinit` closes the file.
  private func take(_ file: URL, otherwise taken: GymError, isNeeded: Bool = true) throws {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    let fault = SystemFault()
    if fault.code == EWOULDBLOCK { throw taken }
    if isNeeded { throw GymError("cannot be locked: \(fault.reason)", at: file.path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}
