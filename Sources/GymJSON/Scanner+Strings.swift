extension Scanner {
  /// The contents of a scanned string beyond plain bytes.
  struct StringTraits {
    var hasEscape = false
    var hasNUL = false
  }

  /// Scans a string, quotes included.
  @discardableResult
  mutating func scanString() throws(Fault) -> StringTraits {
    let start = position
    var traits = StringTraits()
    position += 1
    while true {
      let byte = self.byte
      if byte == UInt8(ascii: "\"") {
        break
      } else if byte == UInt8(ascii: "\\") {
        traits.hasEscape = true
        if try scanEscape() == 0 { traits.hasNUL = true }
      } else if byte >= 0x80 {
        try scanMultibyte()
      } else if byte >= 0x20 {
        position += 1
      } else if position == bytes.count - 1 {
        throw Fault(
          position: position, message: "the text ends within a string", expected: "\"")
      } else {
        throw Fault(
          position: position,
          message: "a string contains the control character "
            + "U+" + hexadecimal(UInt32(byte)), expected: "an escape such as \\n or \\u0000")
      }
    }
    position += 1
    guard position - start - 2 <= limits.string else {
      throw Fault(
        position: start, message: "a string is too long", expected: "at most \(limits.string) bytes"
      )
    }
    return traits
  }

  /// Scans an escape and returns its scalar.
  private mutating func scanEscape() throws(Fault) -> UInt32 {
    let start = position
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      defer { position += 1 }
      return UInt32(byte)
    case UInt8(ascii: "u"): break
    default: throw unexpected("one of \" \\ / b f n r t u after a backslash")
    }
    position += 1
    let unit = try scanHexadecimal()
    guard unit & 0xF800 == 0xD800 else { return unit }
    if unit < 0xDC00, byte == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u") {
      position += 2
      let low = try scanHexadecimal()
      if low & 0xFC00 == 0xDC00 { return 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF }
    }
    throw Fault(
      position: start, message: "half a surrogate pair",
      expected: "\\uD800-\\uDBFF and then "
        + "\\uDC00-\\uDFFF")
  }

  private mutating func scanHexadecimal() throws(Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte & 15
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        digit = byte & 15 + 9
      default: throw unexpected("four hexadecimal digits after \\u")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Scans one scalar of two to four bytes, by table 3-7 of the Unicode standard.
  private mutating func scanMultibyte() throws(Fault) {
    let (count, second): (Int, ClosedRange<UInt8>)
    switch byte {
    case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
    case 0xE0: (count, second) = (3, 0xA0...0xBF)
    case 0xED: (count, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
    case 0xF0: (count, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
    case 0xF4: (count, second) = (4, 0x80...0x8F)
    default: throw invalidUTF8()
    }
    guard second.contains(bytes[position + 1]) else { throw invalidUTF8() }
    for offset in 2..<max(2, count) where bytes[position + offset] & 0xC0 != 0x80 {
      throw invalidUTF8()
    }
    position += count
  }

  private func invalidUTF8() -> Fault {
    Fault(position: position, message: "the bytes are not UTF-8", expected: "UTF-8")
  }
}

extension Scanner {
  /// Scans a number: an integer that fits 64 bits, or any other number that is finite as a double.
  mutating func scanNumber() throws(Fault) {
    let start = position
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let integer = position
    if byte == UInt8(ascii: "0") {
      position += 1
      if isDigit(byte) {
        throw Fault(
          position: integer, message: "a number starts with 0", expected: "no leading zero")
      }
    } else {
      try scanDigits()
    }
    let integerEnd = position
    var exponent = 0
    if byte == UInt8(ascii: ".") {
      position += 1
      try scanDigits()
    }
    if byte | 0x20 == UInt8(ascii: "e") { exponent = try scanExponent() }
    if position == integerEnd {
      try checkInteger(integer..<integerEnd, isNegative: isNegative)
    } else if integerEnd - integer + exponent > 308 {
      // Shorter numbers are below 1e308 and need no check.
      let text = String(decoding: bytes[start..<position], as: UTF8.self)
      guard let value = Double(text), value.isFinite else {
        throw Fault(
          position: start, message: "a number is too large for a double",
          expected: "at most \(Double.greatestFiniteMagnitude)")
      }
    }
  }

  /// Scans an exponent and returns it, or a million if it is larger.
  private mutating func scanExponent() throws(Fault) -> Int {
    position += 1
    let isNegative = byte == UInt8(ascii: "-")
    if isNegative || byte == UInt8(ascii: "+") { position += 1 }
    let start = position
    try scanDigits()
    let million = 1_000_000
    let value = bytes[start..<position].reduce(0) { min(million, $0 * 10 + Int($1 & 15)) }
    return isNegative ? -value : value
  }

  private mutating func scanDigits() throws(Fault) {
    guard isDigit(byte) else { throw unexpected("a digit") }
    repeat { position += 1 } while isDigit(byte)
  }

  private func checkInteger(_ digits: Range<Int>, isNegative: Bool) throws(Fault) {
    guard digits.count > 18 else { return }
    let most = isNegative ? Int64.min.magnitude : UInt64.max
    var value: UInt64 = 0
    for digit in bytes[digits] {
      let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = tenfold.addingReportingOverflow(UInt64(digit & 15))
      value = sum
      guard !overflows, !carries, value <= most else {
        throw Fault(
          position: digits.lowerBound - (isNegative ? 1 : 0),
          message: "an integer doesn't fit 64 bits",
          expected: "\(Int64.min) to \(UInt64.max)")
      }
    }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
