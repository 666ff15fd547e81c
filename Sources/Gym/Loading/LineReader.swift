import Foundation

/// Reads a text file line by line, in memory that does not grow with the file.
public final class LineReader {
  /// The path, for errors.
  public let path: String
  /// The number of lines read so far, which is the number of the last line, from 1.
  public private(set) var line = 0
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// The greatest length of a line, in bytes; longer ones are rejected.
  public static let lineLimit = 16 << 20
  private static let chunk = 1 << 18

  /// Opens a file.
  public init(_ url: URL) throws {
    path = url.path
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw GymError("this is a folder", at: path, expected: "a text file")
    }
    do {
      handle = try FileHandle(forReadingFrom: url)
    } catch {
      throw GymError(
        "the file cannot be opened (\(String(cString: strerror(errno))))", at: path,
        expected: "a text file")
    }
  }

  /// The next line without its end (LF or CRLF), or nil at the end of the file. A byte order mark
  /// before the first line is skipped.
  public func next() throws -> ArraySlice<UInt8>? {
    guard var bytes = try nextBytes() else { return nil }
    line += 1
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if bytes.last == 0x0D { bytes.removeLast() }
    return bytes
  }

  /// The location of the last line, for errors.
  public var place: String { "\(path):\(line)" }

  private func nextBytes() throws -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = Self.newline(in: buffer, from: searched) {
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
      searched = buffer.count
      try fill()
    }
  }

  private func fill() throws {
    let old = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.chunk))
    let count = buffer.withUnsafeMutableBytes { bytes in
      var count: Int
      repeat {
        count = read(handle.fileDescriptor, bytes.baseAddress?.advanced(by: old), Self.chunk)
      } while count < 0 && errno == EINTR
      return count
    }
    guard count >= 0 else {
      throw GymError("the file cannot be read (\(String(cString: strerror(errno))))", at: path)
    }
    buffer.removeLast(Self.chunk - count)
    isAtEnd = count == 0
  }

  private static func newline(in buffer: [UInt8], from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }
}
