import Foundation

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
    let name = File.name(of: url)
    let bytes = try bytes(style, name: name) + [0x0A]
    try File.replace(url, with: bytes)
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
