import Foundation

extension JSON {
  /// How a text is laid out.
  public enum Style: Sendable, Hashable, CaseIterable {
    /// All on one line, without spaces.
    case compact
    /// One element or member a line, indented by two spaces.
    case pretty
  }

  /// The value as text, which reads back as the same value.
  ///
  /// Doubles have their shortest form with a point or an exponent; control characters are escaped,
  /// "/" is not; members keep their order.
  ///
  /// - Precondition: every number is finite, the value is at most 512 levels deep, and its
  ///   text stays well below 2 GiB. If data decide, use `bytes(_:name:)`, which throws instead.
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
  /// - Parameter name: what errors call the text.
  /// - Throws: `JSONError` if a number isn't finite or the value is too deep or too large.
  public func bytes(_ style: Style = .compact, name: String = "JSON") throws -> [UInt8] {
    do {
      return try JSONC.text(of: self, style: style)
    } catch {
      throw JSONError(file: name, message: error.message, expected: error.expected)
    }
  }

  /// Writes a file and a newline at its end, whole or not at all.
  ///
  /// The text goes to a file beside it, to disk, and is then renamed over what stood there. A
  /// failure leaves the old file as it was and nothing else.
  public func write(to url: URL, style: Style = .pretty) throws {
    let name = File.name(of: url)
    let bytes = try bytes(style, name: name) + [0x0A]
    try File.replace(url, with: bytes)
  }
}

extension JSON: CustomStringConvertible {
  /// The compact text; of a value that has none, what is wrong with it.
  public var description: String {
    do {
      return String(decoding: try bytes(), as: UTF8.self)
    } catch {
      return "\(error)"
    }
  }
}
