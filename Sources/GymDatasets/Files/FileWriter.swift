import Foundation
import Gym
import GymJSON

/// A file being written; every failure is a `GymError` with its path.
final class FileWriter {
  let url: URL
  private let descriptor: Int32
  private var isOpen = true
  /// Buffers small writes.
  private var buffer: [UInt8] = []
  static let bufferSize = 1 << 18

  /// Creates a file, or opens one to continue it.
  init(_ url: URL, isNew: Bool) throws {
    self.url = url
    descriptor = open(url.path, O_RDWR | O_CLOEXEC | (isNew ? O_CREAT | O_EXCL : 0), 0o666)
    guard descriptor >= 0 else {
      throw GymError.unwritten(url.path, SystemFault(), "the file cannot be written")
    }
  }

  deinit {
    if isOpen { Foundation.close(descriptor) }
  }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    if buffer.count + bytes.count < Self.bufferSize {
      buffer.append(contentsOf: bytes)
    } else {
      try flush()
      try writeAll(bytes)
    }
  }

  /// Passes everything written to the system.
  func flush() throws {
    guard !buffer.isEmpty else { return }
    try buffer.withUnsafeBytes { try writeAll($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Replaces the file's first bytes, after flushing.
  func replaceStart(with bytes: [UInt8]) throws {
    try flush()
    let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard written == bytes.count else { throw failure() }
  }

  /// Truncates the file to a size and continues from there.
  func cut(to size: Int) throws {
    try flush()
    guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      throw failure()
    }
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws {
    try flush()
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  /// Flushes and closes.
  func close() throws {
    try flush()
    isOpen = false
    guard Foundation.close(descriptor) == 0 else { throw failure() }
  }

  private func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  private func failure() -> GymError {
    GymError.unwritten(url.path, SystemFault(), "the file cannot be written")
  }
}

/// A file that is written under a temporary name and renamed at the end, completely or not at all.
final class AtomicFile {
  private let target: URL
  private let url: URL
  private let file: FileWriter
  private let replaces: Bool

  /// - Parameter replaces: whether a file at `target` may be replaced.
  init(for target: URL, replaces: Bool) throws {
    self.target = target.standardizedFileURL
    self.replaces = replaces
    // Short enough for targets with long names.
    let name = ".\(target.lastPathComponent.prefix(40)).partial-\(UUID().uuidString.prefix(8))"
    url = self.target.deletingLastPathComponent().appendingPathComponent(name)
    try Self.check(self.target, replaces)
    try FileSystem.create(self.target.deletingLastPathComponent())
    file = try FileWriter(url, isNew: true)
  }

  /// Appends text.
  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try file.write(UnsafeRawBufferPointer($0)) }
  }

  /// Gives the file its name.
  func finish() throws {
    try file.synchronize()
    try file.close()
    try Self.check(target, replaces)
    try FileSystem.rename(url, to: target)
  }

  /// Removes the file.
  func discard() throws { try FileSystem.remove(url) }

  private static func check(_ target: URL, _ replaces: Bool) throws {
    guard FileSystem.isOccupied(target) else { return }
    guard replaces else {
      throw GymError(
        "it exists already", at: target.path, remedy: "Choose another name, or pass --force.")
    }
    // A device such as /dev/null would be gone for all programs; a link to nothing is replaced.
    var status = stat()
    let isFile = stat(target.path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    guard isFile, target.deletingLastPathComponent().path != "/dev" else {
      throw GymError(
        "this is not a file, so it is not replaced", at: target.path,
        remedy: "Choose another name.")
    }
  }
}
