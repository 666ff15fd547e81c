import Foundation

/// A short excerpt of a process's output that is safe to print.
enum Excerpt {
  /// The beginning of a text, without control characters, line ends, and the invisible characters
  /// that change the order of others.
  static func of(_ text: some StringProtocol, limit: Int = 160) -> String {
    let seen = text.unicodeScalars.lazy.filter { $0.properties.generalCategory != .format }
    let shown = seen.prefix(limit + 1).map { scalar -> Character in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      default: Character(scalar)
      }
    }
    return String(shown.prefix(limit)) + (shown.count > limit ? "…" : "")
  }

  /// A name as boards take it: also without characters that nobody can see, and without spaces
  /// around it; possibly empty.
  static func name(_ text: String, limit: Int) -> String {
    let seen = text.unicodeScalars.compactMap { scalar -> Character? in
      switch scalar.properties.generalCategory {
      case .privateUse, .unassigned, .surrogate: nil
      case .spaceSeparator: " "
      default: Character(scalar)
      }
    }
    return of(String(seen), limit: limit).trimmingCharacters(in: .whitespaces)
  }

  /// The beginning of a line, in quotation marks.
  static func of(line: [UInt8]) -> String {
    "\"\(of(String(decoding: line.prefix(400), as: UTF8.self), limit: 60))\""
  }
}
