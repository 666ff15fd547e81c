import Foundation
import Gym
import GymJSON

/// A whole file mapped into memory, read-only.
///
/// The mapping has the size that the file had when it was opened. If another process shortens the
/// file while it is mapped, reading the lost part ends this process with a bus error; no program
/// can read a mapped file safely while it shrinks. Datasets are written to temporary files and
/// renamed, which never shortens an open file.
public final class MappedFile: Sendable {
  /// The number of bytes.
  public let count: Int
  // Written once, in init; the memory is read-only until deinit unmaps it.
  private nonisolated(unsafe) let base: UnsafeMutableRawPointer?

  /// Maps a regular file.
  ///
  /// - Throws: a `GymError` if it cannot be opened or is not a regular file.
  public init(_ url: URL) throws {
    let path = url.path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GymError("the file cannot be opened (\(SystemFault().reason))", at: path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw GymError("this is not a file", at: path, expected: "a regular file")
    }
    count = Int(status.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    let mapped = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else {
      throw GymError("the file cannot be mapped into memory (\(SystemFault().reason))", at: path)
    }
    base = mapped
  }

  /// Calls a function with the file's bytes, which are valid only during the call.
  public func withBytes<Value>(
    _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    try withExtendedLifetime(self) {
      try body(UnsafeRawBufferPointer(start: base, count: count))
    }
  }

  deinit {
    if let base { munmap(base, count) }
  }
}
