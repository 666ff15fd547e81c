extension Scanner {
  /// A member's name: its position in the text, and its bytes without escapes.
  struct Name {
    let position: Int
    /// Its bytes, in `unescaped` or in the text.
    let bytes: Range<Int>
    let isUnescaped: Bool
  }

  /// Scans a name, the colon after it, and the space up to its value.
  mutating func scanName(expected: String) throws(Fault) {
    guard byte == UInt8(ascii: "\"") else { throw unexpected(expected) }
    let start = position
    let traits = try scanString()
    var range = start + 1..<position - 1
    if traits.hasEscape {
      let first = unescaped.count
      appendUnescaped(range)
      range = first..<unescaped.count
      if traits.hasNUL { hasNULInName = true }
    }
    names.append(Name(position: start, bytes: range, isUnescaped: traits.hasEscape))
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw unexpected("a colon after the member's name") }
    position += 1
    skipSpace()
  }

  /// Checks that no name is repeated among those from an index on.
  func checkNames(from first: Int) throws(Fault) {
    let own = names[first...]
    guard own.count > 1 else { return }
    var duplicate: Name?
    if own.count <= 8 {
      duplicate =
        own.indices.lazy.compactMap { index in
          own[..<index].contains { isEqual($0, own[index]) } ? own[index] : nil
        }.first
    } else {
      let sorted = own.sorted { order($0, $1) }
      duplicate = zip(sorted, sorted.dropFirst()).lazy
        .compactMap { isEqual($0, $1) ? $1 : nil }.min { $0.position < $1.position }
    }
    if let duplicate {
      let name = String(decoding: content(duplicate), as: UTF8.self)
      throw Fault(
        position: duplicate.position,
        message: "the member \(JSON.string(name).text()) occurs twice in one object",
        expected: "each name once")
    }
  }

  private func content(_ name: Name) -> ArraySlice<UInt8> {
    name.isUnescaped ? unescaped[name.bytes] : bytes[name.bytes]
  }

  private func isEqual(_ a: Name, _ b: Name) -> Bool {
    a.bytes.count == b.bytes.count && content(a).elementsEqual(content(b))
  }

  /// By length, then bytes, then position.
  private func order(_ a: Name, _ b: Name) -> Bool {
    if a.bytes.count != b.bytes.count { return a.bytes.count < b.bytes.count }
    for (x, y) in zip(content(a), content(b)) where x != y { return x < y }
    return a.position < b.position
  }

  /// Appends the characters that a scanned string represents.
  private mutating func appendUnescaped(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        unescaped.append(bytes[index])
        index += 1
        continue
      }
      index += 2
      switch bytes[index - 1] {
      case UInt8(ascii: "b"): unescaped.append(0x08)
      case UInt8(ascii: "f"): unescaped.append(0x0C)
      case UInt8(ascii: "n"): unescaped.append(0x0A)
      case UInt8(ascii: "r"): unescaped.append(0x0D)
      case UInt8(ascii: "t"): unescaped.append(0x09)
      case UInt8(ascii: "u"):
        var units = [unit(at: index)]
        index += 4
        if units[0] & 0xFC00 == 0xD800 {
          units.append(unit(at: index + 2))
          index += 6
        }
        unescaped.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      case let byte: unescaped.append(byte)
      }
    }
  }

  /// The UTF-16 unit of four hexadecimal digits that were scanned.
  private func unit(at index: Int) -> UInt16 {
    bytes[index..<index + 4].reduce(0) { $0 << 4 | UInt16($1 & 15 + ($1 > 0x39 ? 9 : 0)) }
  }
}
