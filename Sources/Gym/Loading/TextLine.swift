import Foundation

/// A line of a text file as messages show it, and what it looks like.
enum TextLine {
  /// A text in quotes, shortened, without what would steer a terminal.
  static func quoted(_ line: ArraySlice<UInt8>) -> String {
    let text = String(decoding: line.prefix(200), as: UTF8.self)
    let isLong = text.count > 40 || line.count > 200
    return String(reflecting: String(text.prefix(40))) + (isLong ? "…" : "")
  }

  /// The name of a section, of a line such as `[Puzzle]`; in lower case.
  static func section(_ line: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    guard text.count > 2, text.hasPrefix("["), text.hasSuffix("]"),
      text.dropFirst().dropLast().allSatisfy(\.isLetter)
    else { return nil }
    return text.dropFirst().dropLast().lowercased()
  }

  /// Whether a line may be the border of a printed grid: of signs alone, with a stroke among them.
  static func isBorder(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    let isDrawn = ["---", "===", "___"].contains(where: text.contains)
    return text.unicodeScalars.allSatisfy {
      isBox($0) || "-+|=*:.'`_ \t".unicodeScalars.contains($0)
    }
      && (isDrawn || text.unicodeScalars.contains(where: isBox))
  }

  /// A row of a printed grid without its blanks and borders.
  static func withoutBorders(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if line.allSatisfy({ $0 < 0x80 }) {
      return line.contains(where: isSide) ? line.filter { !isSide($0) }[...] : line
    }
    let text = String(decoding: line, as: UTF8.self).unicodeScalars.filter {
      !isBox($0) && !($0.isASCII && isSide(UInt8($0.value)))
    }
    return ArraySlice(String(String.UnicodeScalarView(text)).utf8)
  }

  private static func isSide(_ byte: UInt8) -> Bool { " \t|".utf8.contains(byte) }

  private static func isBox(_ scalar: Unicode.Scalar) -> Bool {
    (0x2500...0x257F).contains(scalar.value)
  }
}
