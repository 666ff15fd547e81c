/// Passes U+0000 in member names through json-c, which stores names as C strings.
///
/// In a document with such a name, every string is masked: U+0000 becomes U+001A 0, and U+001A
/// becomes U+001A 1. All other documents are passed to json-c unchanged.
enum NULMask {
  /// Masks a string.
  static func mask(_ string: String) -> String {
    var masked = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\u{0}": masked.append(contentsOf: "\u{1A}0".unicodeScalars)
      case "\u{1A}": masked.append(contentsOf: "\u{1A}1".unicodeScalars)
      default: masked.append(scalar)
      }
    }
    return String(masked)
  }

  /// Removes the mask from a string.
  static func unmask(_ string: String) -> String {
    var unmasked = String.UnicodeScalarView()
    var scalars = string.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      unmasked.append(scalar == "\u{1A}" ? (scalars.next() == "0" ? "\u{0}" : "\u{1A}") : scalar)
    }
    return String(unmasked)
  }

  /// Masks the strings of a scanned text, in which both characters occur only as escapes.
  static func mask(text: [UInt8]) -> [UInt8] {
    rewriteEscapes(of: text) { digits, _ in
      switch digits {
      case 0x0000: ("\\u001a0", 0)
      case 0x001A: ("\\u001a1", 0)
      default: nil
      }
    }
  }

  /// Removes the mask from the strings of a text.
  static func unmask(text: [UInt8]) -> [UInt8] {
    rewriteEscapes(of: text) { digits, next in
      digits == 0x001A ? (next == UInt8(ascii: "0") ? "\\u0000" : "\\u001a", 1) : nil
    }
  }

  /// Replaces escapes `\uXXXX` in a text, and as many bytes after them as `rule` says. A text that
  /// ends within an escape, which no scanner accepts, keeps it.
  private static func rewriteEscapes(
    of text: [UInt8], rule: (_ digits: UInt32, _ next: UInt8) -> (String, skipped: Int)?
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count + text.count / 6)
    var index = 0
    while index < text.count {
      guard text[index] == UInt8(ascii: "\\"), index + 6 < text.count else {
        result.append(text[index])
        index += 1
        continue
      }
      if text[index + 1] == UInt8(ascii: "u"),
        let digits = UInt32(
          String(decoding: text[index + 2..<index + 6], as: UTF8.self), radix: 16),
        let (replacement, skipped) = rule(digits, text[index + 6])
      {
        result.append(contentsOf: replacement.utf8)
        index += 6 + skipped
      } else {
        result.append(contentsOf: text[index...index + 1])
        index += 2
      }
    }
    return result
  }
}
