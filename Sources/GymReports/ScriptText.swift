import Gym

/// Text of a script, collected as bytes: a site contains millions of short pieces.
package struct ScriptText: Sendable {
  /// The text in UTF-8.
  package private(set) var bytes: [UInt8] = []

  /// The number of bytes.
  package var count: Int { bytes.count }

  /// An empty text.
  package init() {}

  /// Appends text without changes.
  package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends other text.
  package mutating func append(_ other: ScriptText) { bytes.append(contentsOf: other.bytes) }

  /// Appends a number in decimal digits.
  package mutating func append(_ value: Int) {
    if (0..<10).contains(value) { bytes.append(0x30 + UInt8(value)) } else { append(String(value)) }
  }

  /// Appends a text as a string literal, quotes included; see `String.scriptLiteral`.
  package mutating func append(literal text: String) {
    guard text.isPlainInScripts else { return append(text.scriptLiteral) }
    bytes.append(0x22)
    append(text)
    bytes.append(0x22)
  }

  /// Appends one character from the first 65 536.
  package mutating func append(character code: UInt16) {
    switch code {
    case 0..<0x80:
      bytes.append(UInt8(code))
    case 0x80..<0x800:
      bytes.append(0xC0 | UInt8(code >> 6))
      bytes.append(0x80 | UInt8(code & 63))
    default:
      bytes.append(0xE0 | UInt8(code >> 12))
      bytes.append(0x80 | UInt8(code >> 6 & 63))
      bytes.append(0x80 | UInt8(code & 63))
    }
  }
}
