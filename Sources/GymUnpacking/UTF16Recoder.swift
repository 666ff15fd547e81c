/// Turns a text in UTF-16 into UTF-8, part by part.
struct UTF16Recoder {
  private let isBigEndian: Bool
  /// The first byte of a unit whose second is still to come.
  private var half: UInt8?
  /// The first unit of a pair whose second is still to come.
  private var high: UInt16?
  private var isAtStart = true

  /// A recoder for a text that begins in UTF-16, by its byte order mark or by its letters; nil for
  /// any other.
  init?(of start: [UInt8]) {
    if start.starts(with: [0xFF, 0xFE]) {
      isBigEndian = false
    } else if start.starts(with: [0xFE, 0xFF]) {
      isBigEndian = true
    } else if start.count >= 4 {
      // Every other byte of plain letters is zero, which stands in no text of single bytes.
      let zeros = start.prefix(4).map { $0 == 0 }
      switch zeros {
      case [false, true, false, true]: isBigEndian = false
      case [true, false, true, false]: isBigEndian = true
      default: return nil
      }
    } else {
      return nil
    }
  }

  /// The next part in UTF-8; nil if it is not UTF-16.
  mutating func utf8(of part: [UInt8], isLast: Bool) -> [UInt8]? {
    var text: [UInt8] = []
    text.reserveCapacity(part.count)
    for byte in part {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let unit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
      guard add(unit, to: &text) else { return nil }
    }
    return isLast && (half != nil || high != nil) ? nil : text
  }

  private mutating func add(_ unit: UInt16, to text: inout [UInt8]) -> Bool {
    defer { isAtStart = false }
    if isAtStart, unit == 0xFEFF { return true }
    let value: UInt32
    switch (high, unit) {
    case (nil, 0xD800...0xDBFF):
      high = unit
      return true
    case (let first?, 0xDC00...0xDFFF):
      value = 0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(unit - 0xDC00)
      high = nil
    case (nil, _): value = UInt32(unit)
    default: return false
    }
    guard let scalar = Unicode.Scalar(value) else { return false }
    text += UTF8.encode(scalar).map(Array.init) ?? []
    return true
  }
}
