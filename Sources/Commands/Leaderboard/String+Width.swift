extension String {
  /// The approximate number of terminal columns of the text: two per East Asian wide character or
  /// emoji, none per combining mark.
  var displayWidth: Int {
    reduce(0) { sum, character in
      let scalar = character.unicodeScalars.first.map(\.value) ?? 0
      let isWide =
        (0x1100...0x115F).contains(scalar) || (0x2E80...0xA4CF).contains(scalar)
        || (0xAC00...0xD7A3).contains(scalar) || (0xF900...0xFAFF).contains(scalar)
        || (0xFE30...0xFE6F).contains(scalar) || (0xFF00...0xFF60).contains(scalar)
        || (0xFFE0...0xFFE6).contains(scalar) || (0x1F300...0x1FAFF).contains(scalar)
        || (0x20000...0x3FFFD).contains(scalar)
      return sum + (isWide ? 2 : 1)
    }
  }

  /// The text, truncated if it takes more columns.
  func shortened(to width: Int) -> String {
    guard displayWidth > width else { return self }
    var text = ""
    for character in self {
      guard (text + String(character)).displayWidth < width else { break }
      text.append(character)
    }
    return text + "…"
  }

  /// The text in lines of at most `width` columns, broken between words.
  func wrapped(to width: Int) -> String {
    var lines = [""]
    for word in split(separator: " ") {
      let longer = lines[lines.count - 1].isEmpty ? "\(word)" : lines[lines.count - 1] + " \(word)"
      if longer.count <= width { lines[lines.count - 1] = longer } else { lines.append("\(word)") }
    }
    return lines.joined(separator: "\n")
  }
}

extension Double {
  /// Three digits and a unit: 27.3 M, 1.20 T.
  var compact: String {
    let units = ["", " k", " M", " G", " T", " P", " E", " Z", " Y"]
    var (value, unit) = (self, 0)
    while abs(value) >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
    let isWhole = unit == 0 && value == value.rounded()
    let decimals = isWhole ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    return fixed(decimals, of: value) + units[unit]
  }

  /// A probability: three decimals, or a power of ten if it is small.
  var probability: String {
    if self >= 0.001 || self == 0 { return self == 0 ? "0" : fixed(3, of: self) }
    var (value, power) = (self, 0)
    while value < 1 { (value, power) = (value * 10, power - 1) }
    return "\(fixed(1, of: value))e\(power)"
  }
}
