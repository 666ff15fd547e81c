import Foundation
import JSON

/// A pipe's contents in a temporary file that goes with the object: a pipe can be read only once.
final class PipeCopy: Sendable {
  let url: URL

  /// Whether a place is a pipe, a socket or a terminal.
  static func isPipe(_ url: URL) -> Bool {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return false }
    switch status.st_mode & S_IFMT {
    case S_IFIFO, S_IFSOCK: return true
    case S_IFCHR: return isTerminal(url)
    default: return false
    }
  }

  /// Reads a pipe to its end.
  init(of pipe: URL) throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("reasongym-\(UUID().uuidString)-\(pipe.lastPathComponent)")
    let source = open(pipe.path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else {
      throw GymError("it cannot be opened (\(SystemFault().reason))", at: pipe.path)
    }
    defer { close(source) }
    let copy = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard copy >= 0 else { throw Self.unwritten(url) }
    defer { close(copy) }
    do {
      try Self.copy(source, to: copy, pipe, url)
    } catch {
      unlink(url.path)
      throw error
    }
  }

  deinit { unlink(url.path) }

  private static func copy(
    _ source: Int32, to copy: Int32, _ pipe: URL, _ url: URL
  ) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = read(source, &buffer, buffer.count)
      if count == 0 { return }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw GymError("it cannot be read (\(SystemFault().reason))", at: pipe.path)
      }
      var rest = buffer[..<count]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { write(copy, $0.baseAddress, $0.count) }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw unwritten(url) }
        rest = rest.dropFirst(written)
      }
    }
  }

  private static func unwritten(_ url: URL) -> GymError {
    .unwritten(url.path, SystemFault(), "what the pipe gives cannot be kept for a second reading")
  }

  private static func isTerminal(_ url: URL) -> Bool {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return isatty(descriptor) == 1
  }
}
