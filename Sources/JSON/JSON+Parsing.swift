import Foundation

extension JSON {
  /// Parses a text strictly as RFC 8259 defines it.
  ///
  /// - Parameter name: the name of the text in errors.
  /// - Throws: `JSONError` with line, column and what was expected.
  public init(
    parsing text: String, limits: Limits = .default, name: String = "JSON"
  ) throws {
    var text = text
    self = try text.withUTF8 { try JSON(parsing: $0, limits: limits, name: name) }
  }

  /// Parses a text in UTF-8, such as `Data` or `[UInt8]`.
  public init(
    parsing bytes: some ContiguousBytes, limits: Limits = .default, name: String = "JSON"
  ) throws {
    let copy = try bytes.withUnsafeBytes { bytes throws -> [UInt8] in
      guard bytes.count <= limits.bytes else { throw JSONError.tooLong(name, limits) }
      return [UInt8](unsafeUninitializedCapacity: bytes.count + 1) { buffer, count in
        _ = UnsafeMutableRawBufferPointer(buffer).initializeMemory(as: UInt8.self, from: bytes)
        buffer[bytes.count] = 0
        count = bytes.count + 1
      }
    }
    try self.init(zeroTerminated: copy, limits: limits, name: name)
  }

  /// Reads a file, which gzip may have packed, and which may be in UTF-16.
  ///
  /// - Parameter name: what errors call it; nil for its path.
  public init(contentsOf url: URL, name: String? = nil, limits: Limits = .default) throws {
    let file = try File(reading: url, name: name)
    let bytes = try file.readAll(limit: limits.bytes)
    guard let bytes else { throw JSONError.tooLong(file.name, limits) }
    try self.init(zeroTerminated: bytes, limits: limits, name: file.name)
  }

  /// Scans a zero-terminated text, then lets json-c build its value.
  ///
  /// - Parameter line: the line of the file at which the text starts.
  init(
    zeroTerminated bytes: [UInt8], limits: Limits, name: String, line: Int = 1
  ) throws(JSONError) {
    var scanner = Scanner(zeroTerminated: bytes, limits: limits)
    do {
      try scanner.scan()
      let text = scanner.hasNULInName ? NULMask.mask(text: bytes) : bytes
      self = try JSONC.parse(
        zeroTerminated: text, depth: limits.depth, isMasked: scanner.hasNULInName)
    } catch {
      throw JSONError(fault: error, in: bytes, name: name, line: line)
    }
  }
}

extension JSONError {
  static func tooLong(_ name: String, _ limits: JSON.Limits, line: Int? = nil) -> JSONError {
    JSONError(
      file: name, line: line, message: "the \(line == nil ? "text" : "line") is too long",
      expected: "at most \(limits.bytes) bytes")
  }

  /// A fault with its line and column.
  init(fault: Scanner.Fault, in bytes: [UInt8], name: String, line: Int) {
    let before = bytes[..<min(fault.position, bytes.count - 1)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Everything before the fault is valid UTF-8: each scalar has exactly one byte that is not a
    // continuation byte.
    let column = before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    self.init(
      file: name, line: line + before.count { $0 == 0x0A }, column: column,
      message: fault.message, expected: fault.expected)
  }
}
