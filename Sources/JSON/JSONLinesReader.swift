import Foundation

/// Reads JSON lines, a value a line, one at a time: memory doesn't grow with the file.
///
/// ```swift
/// let reader = try JSONLinesReader(contentsOf: url)
/// while let value = try reader.next() { … }
/// ```
public final class JSONLinesReader {
  /// What becomes of a last line without its newline.
  public enum UnfinishedLine: Sendable, Hashable {
    /// It is read like any other.
    case read
    /// It is left out: its writer was stopped in the middle of it.
    case drop
  }

  /// How many lines were read so far: the number, from 1, of the last value's line.
  public private(set) var line = 0

  private let file: File
  private let limits: JSON.Limits
  private let unfinishedLine: UnfinishedLine
  private var buffer: [UInt8] = []
  /// Where the next line starts in the buffer.
  private var start = 0
  private var isAtEnd = false

  /// Opens a file; `limits.bytes` is the most that one line may have.
  public init(
    contentsOf url: URL, limits: JSON.Limits = .line, unfinishedLine: UnfinishedLine = .read
  ) throws {
    file = try File(reading: url)
    self.limits = limits
    self.unfinishedLine = unfinishedLine
  }

  /// Reads from a handle, such as a pipe from a process, as its lines come in.
  public init(
    _ handle: FileHandle, name: String, limits: JSON.Limits = .line,
    unfinishedLine: UnfinishedLine = .read
  ) {
    file = File(handle, name: name)
    self.limits = limits
    self.unfinishedLine = unfinishedLine
  }

  /// The next line's value, or nil at the end.
  ///
  /// - Throws: `JSONError` with the file's line and the column; the next call goes on with the
  ///   line after it, unless the line was too long.
  public func next() throws -> JSON? {
    guard let bytes = try nextLine() else { return nil }
    line += 1
    return try JSON(zeroTerminated: bytes, limits: limits, name: file.name, line: line)
  }

  /// Hands every value that is left to `body`.
  public func forEachValue(_ body: (JSON) throws -> Void) throws {
    while let value = try next() { try body(value) }
  }

  /// The next line's bytes, and a zero for its newline; nil at the end.
  private func nextLine() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        guard end - start <= limits.bytes else { throw tooLong() }
        defer { start = end + 1 }
        return buffer[start..<end] + [0]
      }
      guard buffer.count - start <= limits.bytes else { throw tooLong() }
      if isAtEnd { break }
      buffer.removeSubrange(..<start)
      start = 0
      searched = buffer.count
      isAtEnd = try file.read(1 << 16, to: &buffer) == 0
    }
    guard start < buffer.count, unfinishedLine == .read else { return nil }
    defer { start = buffer.count }
    return buffer[start...] + [0]
  }

  private func tooLong() -> JSONError {
    .tooLong(file.name, limits, line: line + 1)
  }
}
