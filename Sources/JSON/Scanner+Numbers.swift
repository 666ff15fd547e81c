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
