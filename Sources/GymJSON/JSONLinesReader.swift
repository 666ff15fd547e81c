import Foundation
import GymUnpacking

/// Reads JSON lines, one value per line and one at a time: memory doesn't grow with the file.
///
/// ```swift
/// let reader = try JSONLinesReader(contentsOf: url)
/// while let value = try reader.next() { … }
/// ```
public final class JSONLinesReader {
  /// How to treat a last line without a newline.
  public enum UnfinishedLine: Sendable, Hashable {
    /// Read it like any other.
    case read
    /// Drop it: its writer was stopped in the middle of it.
    case drop
  }

  /// The number of lines read so far, which is the number of the last value's line, from 1.
  public private(set) var line = 0

  private let file: File
  /// A file's contents as plain text; nil of a handle, whose lines are taken as they come in.
  private let plain: PlainBytes?
  private let limits: JSON.Limits
  private let unfinishedLine: UnfinishedLine
  private let isLenient: Bool
  /// The byte that ends a line: LF, or CR in files of old Macs; nil while that is not known.
  private var newline: UInt8?
  private var buffer: [UInt8] = []
  /// The start of the next line in the buffer.
  private var start = 0
  private var isAtEnd = false

  /// Opens a file; `limits.bytes` is the most that one line may have.
  ///
  /// - Parameters:
  ///   - name: what errors call it; nil for its path.
  ///   - isLenient: whether lines of white space are passed over, and lines may end in CR
  ///     throughout, as in files that people write.
  public init(
    contentsOf url: URL, name: String? = nil, limits: JSON.Limits = .line,
    unfinishedLine: UnfinishedLine = .read, isLenient: Bool = false
  ) throws {
    file = try File(reading: url, name: name)
    plain = try file.plainBytes()
    self.limits = limits
    self.unfinishedLine = unfinishedLine
    self.isLenient = isLenient
    newline = isLenient ? nil : 0x0A
  }

  /// Reads lines from a handle, such as the pipe of a process, as they arrive.
  public init(_ handle: FileHandle, name: String, limits: JSON.Limits = .line) {
    file = File(handle, name: name)
    plain = nil
    self.limits = limits
    unfinishedLine = .read
    isLenient = false
    newline = 0x0A
  }

  /// The next line's value, or nil at the end.
  ///
  /// - Throws: `JSONError` with the file's line and column; the next call continues with the
  ///   following line, unless the line was too long.
  public func next() throws -> JSON? {
    while let bytes = try nextLine() {
      line += 1
      if isLenient, bytes.dropLast().allSatisfy({ " \t\r\n".utf8.contains($0) }) { continue }
      return try JSON(zeroTerminated: bytes, limits: limits, name: file.name, line: line)
    }
    return nil
  }

  /// Calls `body` with every remaining value.
  public func forEachValue(_ body: (JSON) throws -> Void) throws {
    while let value = try next() { try body(value) }
  }

  /// The next line's bytes, with a zero in place of the newline; nil at the end.
  private func nextLine() throws -> [UInt8]? {
    var searched = start
    while true {
      if let newline, let end = buffer[searched...].firstIndex(of: newline) {
        guard end - start <= limits.bytes else { throw tooLong() }
        defer { start = end + 1 }
        return buffer[start..<end] + [0]
      }
      guard buffer.count - start <= limits.bytes else { throw tooLong() }
      if isAtEnd { break }
      buffer.removeSubrange(..<start)
      start = 0
      searched = newline == nil ? 0 : buffer.count
      if let plain {
        isAtEnd = try !file.read(plain, to: &buffer)
      } else {
        isAtEnd = try file.read(1 << 16, to: &buffer) == 0
      }
      if newline == nil { newline = newlineOfBuffer() }
    }
    guard start < buffer.count, unfinishedLine == .read else { return nil }
    defer { start = buffer.count }
    return buffer[start...] + [0]
  }

  private func newlineOfBuffer() -> UInt8? {
    if buffer.contains(0x0A) { return 0x0A }
    guard let first = buffer.firstIndex(of: 0x0D) else { return isAtEnd ? 0x0A : nil }
    // The CR at the end may be one of CRLF.
    return isAtEnd || first < buffer.count - 1 ? 0x0D : nil
  }

  private func tooLong() -> JSONError {
    .tooLong(file.name, limits, line: line + 1)
  }
}
