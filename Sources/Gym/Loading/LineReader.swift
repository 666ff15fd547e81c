import Foundation
import GymJSON
import GymUnpacking

/// Reads a text file line by line, in memory that does not grow with the file.
public final class LineReader {
  /// The path, for errors.
  public let path: String
  /// The number of lines read so far, which is the number of the last line, from 1.
  public private(set) var line = 0
  private let plain: PlainBytes
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  /// The byte that ends a line: LF, or CR in files of old Macs; nil while that is not known.
  private var newline: UInt8?

  /// The greatest length of a line, in bytes; longer ones are rejected.
  public static let lineLimit = 16 << 20

  /// Opens a file, which gzip may have packed, and which may be in UTF-16.
  ///
  /// - Parameter path: what errors call it; nil for its own path.
  public init(_ url: URL, path: String? = nil) throws {
    self.path = path ?? url.path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder), isFolder.boolValue
    {
      throw GymError("this is a folder", at: self.path, expected: "a text file")
    }
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GymError(
        "the file cannot be opened (\(SystemFault().reason))", at: self.path,
        expected: "a text file")
    }
    defer { close(descriptor) }
    do { plain = try PlainBytes(of: descriptor) } catch { throw GymError(error, at: self.path) }
  }

  /// Opens a source of puzzles.
  convenience init(_ source: PuzzleSource) throws { try self.init(source.url, path: source.path) }

  /// The next line without its end (LF, CRLF, or CR throughout), or nil at the end of the file.
  public func next() throws -> ArraySlice<UInt8>? {
    guard var bytes = try nextBytes() else { return nil }
    line += 1
    if bytes.last == 0x0D { bytes.removeLast() }
    return bytes
  }

  /// The location of the last line, for errors.
  public var place: String { "\(path):\(line)" }

  private func nextBytes() throws -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let newline, let end = Self.index(of: newline, in: buffer, from: searched) {
        defer { start = end + 1 }
        return buffer[start..<end]
      }
      if isAtEnd {
        defer { start = buffer.count }
        return start < buffer.count ? buffer[start...] : nil
      }
      guard buffer.count - start <= Self.lineLimit else {
        throw GymError(
          "the line has more than \(Self.lineLimit) bytes", at: "\(path):\(line + 1)",
          expected: "a text file of puzzles")
      }
      buffer.removeSubrange(..<start)
      start = 0
      searched = newline == nil ? 0 : buffer.count
      try fill()
    }
  }

  private func fill() throws {
    do { isAtEnd = try !plain.read(to: &buffer) } catch { throw GymError(error, at: path) }
    if newline == nil { newline = newlineOfBuffer() }
  }

  private func newlineOfBuffer() -> UInt8? {
    if Self.index(of: 0x0A, in: buffer, from: 0) != nil { return 0x0A }
    guard let first = Self.index(of: 0x0D, in: buffer, from: 0) else { return isAtEnd ? 0x0A : nil }
    // The CR at the end may be one of CRLF.
    return isAtEnd || first < buffer.count - 1 ? 0x0D : nil
  }

  private static func index(of byte: UInt8, in buffer: [UInt8], from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}

extension GymError {
  fileprivate init(_ fault: UnpackingFault, at path: String) {
    self.init(fault.message, at: path, expected: fault.expected)
  }
}

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
    #if canImport(Darwin)
      // Opened again, `/dev/stdin < file` continues after what the first reader has read.
      case S_IFREG: return url.path.hasPrefix("/dev/")
    #endif
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
