import Foundation

/// Writes JSON lines, one value per line.
///
/// Every line is written to the system at once, so that a killed process loses none; call `flush`
/// if a crash of the machine must not lose any either.
public final class JSONLinesWriter {
  /// How a writer opens a file that may already exist.
  public enum Opening: Sendable, Hashable {
    /// An existing file is an error.
    case new
    /// Existing lines are deleted.
    case replacing
    /// Lines are appended; a last line without its newline, which a crash left, is deleted first.
    case repairing
  }

  private let file: File
  /// The bytes of complete lines; nil if the file can't be shortened, such as a pipe.
  private var size: Int?
  private var isOpen = true

  /// Opens a file, and creates it if it does not exist.
  public init(to url: URL, _ opening: Opening) throws {
    let flags =
      switch opening {
      case .new: O_WRONLY | O_CREAT | O_EXCL
      case .replacing: O_WRONLY | O_CREAT | O_TRUNC
      case .repairing: O_RDWR | O_CREAT
      }
    file = try File(url, flags: flags, purpose: "write")
    size = try file.size()
    guard let size else { return }
    let complete = try endOfLastLine(size)
    if complete < size { try file.truncate(to: complete) }
    try file.seek(to: complete)
    self.size = complete
  }

  /// Appends a line.
  ///
  /// - Throws: `JSONError`; a partly written line is removed again.
  public func write(_ value: JSON) throws {
    guard isOpen else { throw JSONError(file: file.name, message: "the writer is closed") }
    let line = try value.bytes(name: file.name) + [0x0A]
    do {
      try file.write(line)
    } catch {
      if let size {
        try file.truncate(to: size)
        try file.seek(to: size)
      }
      throw error
    }
    size? += line.count
  }

  /// Waits until all lines are on disk.
  public func flush() throws {
    guard isOpen, size != nil else { return }
    try file.synchronize()
  }

  /// Flushes and closes the file; closing twice does nothing.
  public func close() throws {
    guard isOpen else { return }
    try flush()
    isOpen = false
    try file.close()
  }

  /// The end of the last newline, searching backward from the end.
  private func endOfLastLine(_ size: Int) throws -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - 1 << 16)
      try file.seek(to: start)
      var bytes: [UInt8] = []
      while bytes.count < end - start, try file.read(end - start - bytes.count, to: &bytes) > 0 {}
      if let newline = bytes.lastIndex(of: 0x0A) { return start + newline + 1 }
      end = start
    }
    return 0
  }
}
