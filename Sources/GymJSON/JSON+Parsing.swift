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

extension JSON {
  /// The layout of a text.
  public enum Style: Sendable, Hashable, CaseIterable {
    /// All on one line, without spaces.
    case compact
    /// One element or member per line, indented by two spaces.
    case pretty
  }

  /// The value as text, which parses to the same value.
  ///
  /// Doubles have their shortest form with a point or an exponent; control characters are escaped,
  /// "/" is not; members keep their order.
  ///
  /// - Precondition: every number is finite, the value is at most 512 levels deep, and its text
  ///   stays well below 2 GiB. If that depends on data, use `bytes(_:name:)`, which throws.
  public func text(_ style: Style = .compact) -> String {
    do {
      return String(decoding: try JSONC.text(of: self, style: style), as: UTF8.self)
    } catch {
      let reason = JSONError(file: "JSON", message: error.message, expected: error.expected)
      preconditionFailure("\(reason)")
    }
  }

  /// The text in UTF-8.
  ///
  /// - Parameter name: the name of the text in errors.
  /// - Throws: `JSONError` if a number isn't finite or the value is too deep or too large.
  public func bytes(_ style: Style = .compact, name: String = "JSON") throws -> [UInt8] {
    do {
      return try JSONC.text(of: self, style: style)
    } catch {
      throw JSONError(file: name, message: error.message, expected: error.expected)
    }
  }

  /// Writes a file that ends with a newline, completely or not at all.
  ///
  /// The text is written to a temporary file beside it, flushed to disk, and renamed over the old
  /// file. If that fails, the old file stays unchanged and no other file is left.
  public func write(to url: URL, style: Style = .pretty) throws {
    try WholeFile.write(bytes(style, name: File.name(of: url)) + [0x0A], to: url)
  }
}

extension JSON: CustomStringConvertible {
  /// The compact text, or the error if the value has none.
  public var description: String {
    do {
      return String(decoding: try bytes(), as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }
}
