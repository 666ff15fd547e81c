extension String {
  /// The text, escaped for an element or a quoted attribute of HTML or XML.
  ///
  /// Control characters, and those that change the direction of surrounding text, become U+FFFD: a
  /// name must not change how its neighbors read.
  package var escapedForHTML: String {
    if utf8.allSatisfy({ $0.isPlainInHTML }) { return self }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      case "\t", "\n": text.unicodeScalars.append(scalar)
      case _ where scalar.isUnfitForShow: text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text as a string literal of a script (and of JSON), including quotes; safe inside a
  /// `<script>` element too, since `<`, `>` and `&` are escaped, as are U+2028 and U+2029.
  package var scriptLiteral: String {
    if isPlainInScripts { return "\"\(self)\"" }
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "<", ">", "&", "'", "\u{2028}", "\u{2029}", "\u{7F}": text += scalar.scriptEscape
      case _ where scalar.value < 0x20: text += scalar.scriptEscape
      case _ where scalar.isUnfitForShow: text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// Whether a script's literal can contain the text without changes.
  package var isPlainInScripts: Bool { utf8.allSatisfy { $0.isPlainInHTML && $0 != 0x5C } }
}

extension UInt8 {
  /// Whether an ASCII byte represents itself in HTML.
  fileprivate var isPlainInHTML: Bool {
    switch self {
    case 0x26, 0x3C, 0x3E, 0x22, 0x27: false
    case 0x20...0x7E: true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Control characters, and those that change the direction of text.
  fileprivate var isUnfitForShow: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF:
      true
    default: false
    }
  }

  /// `\u` and four digits; only for the first 65 536.
  fileprivate var scriptEscape: String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
