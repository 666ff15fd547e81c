/// Splits incoming bytes into lines.
package struct LineBuffer {
  private var bytes: [UInt8] = []
  /// The start of the next line.
  private var start = 0
  /// The end of the part that was searched and has no newline.
  private var searched = 0

  /// The number of bytes after the last complete line.
  var waiting: Int { bytes.count - start }

  /// A buffer without bytes.
  package init() {}

  /// Adds bytes as they arrive.
  package mutating func append(_ new: some Sequence<UInt8>) {
    if start > 0 {
      bytes.removeSubrange(..<start)
      searched -= start
      start = 0
    }
    bytes.append(contentsOf: new)
  }

  /// The next complete line without its newline; nil if there is none yet.
  package mutating func next() -> [UInt8]? {
    guard let end = bytes[searched...].firstIndex(of: 0x0A) else {
      searched = bytes.count
      return nil
    }
    defer {
      start = end + 1
      searched = start
    }
    return Array(bytes[start..<end])
  }
}
