/// Checks that a text is JSON as RFC 8259 defines it, within limits, before json-c builds its
/// value.
///
/// Even when strict, json-c accepts single quotes, NaN, control characters, overlong UTF-8, lone
/// surrogates, numbers out of range and repeated names (it keeps the last). This scanner rejects
/// all of them, and reports the position. It keeps its own stack.
struct Scanner {
  /// The text followed by a zero, which no rule of JSON accepts.
  let bytes: [UInt8]
  let limits: JSON.Limits
  var position = 0
  /// The names of all open objects, outermost first.
  var names: [Name] = []
  /// The bytes of those names that contain escapes.
  var unescaped: [UInt8] = []
  /// Whether a name contains U+0000, at which json-c would cut it.
  var hasNULInName = false
  private var open: [Container] = []

  /// An error, and the index of the byte at which it was found.
  struct Fault: Error {
    let position: Int
    let message: String
    var expected: String?
  }

  private struct Container {
    let isObject: Bool
    /// The number of names when it opened.
    let names: Int
    let unescaped: Int
  }

  /// A scanner for a text followed by a zero, which isn't part of it.
  init(zeroTerminated bytes: [UInt8], limits: JSON.Limits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// The byte at the position; at the end of the text, zero.
  var byte: UInt8 { bytes[position] }
  private var isAtEnd: Bool { position == bytes.count - 1 }

  /// Scans one value and the end of the text.
  mutating func scan() throws(Fault) {
    skipSpace()
    while true {
      if try scanStartOfValue() {
        guard try scanEndOfValue() else { return }
      }
    }
  }

  /// Scans a scalar, an empty container, or a container up to its first value.
  ///
  /// - Returns: whether a value is complete.
  private mutating func scanStartOfValue() throws(Fault) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"): return try scanOpening()
    case UInt8(ascii: "\""): try scanString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
    case UInt8(ascii: "t"): try scanWord("true")
    case UInt8(ascii: "f"): try scanWord("false")
    case UInt8(ascii: "n"): try scanWord("null")
    default: throw unexpected("a value")
    }
    return true
  }

  private mutating func scanOpening() throws(Fault) -> Bool {
    guard open.count < limits.depth else {
      throw Fault(
        position: position, message: "arrays and objects are nested too deeply",
        expected: "at most \(limits.depth) levels")
    }
    let isObject = byte == UInt8(ascii: "{")
    open.append(
      Container(isObject: isObject, names: names.count, unescaped: unescaped.count))
    position += 1
    skipSpace()
    if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      position += 1
      open.removeLast()
      return true
    }
    if isObject { try scanName(expected: "a member's name in double quotes, or }") }
    return false
  }

  /// Scans what may follow a value: closing brackets, and a comma or the end of the text.
  ///
  /// - Returns: whether another value follows.
  private mutating func scanEndOfValue() throws(Fault) -> Bool {
    while let container = open.last {
      skipSpace()
      switch (byte, container.isObject) {
      case (UInt8(ascii: ","), let isObject):
        position += 1
        skipSpace()
        if isObject { try scanName(expected: "a member's name in double quotes") }
        return true
      case (UInt8(ascii: "}"), true):
        try checkNames(from: container.names)
        names.removeSubrange(container.names...)
        unescaped.removeSubrange(container.unescaped...)
        fallthrough
      case (UInt8(ascii: "]"), false):
        position += 1
        open.removeLast()
      case (_, let isObject): throw unexpected(isObject ? "a comma or }" : "a comma or ]")
      }
    }
    skipSpace()
    guard isAtEnd else { throw unexpected("nothing after the value") }
    return false
  }

  private mutating func scanWord(_ word: StaticString) throws(Fault) {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard byte == word.utf8Start[offset] else {
        if isAtEnd { throw unexpected("\(word)") }
        throw Fault(position: start, message: "unknown word", expected: "\(word)")
      }
      position += 1
    }
  }

  mutating func skipSpace() {
    while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  /// The fault of a text that does not continue as expected.
  func unexpected(_ expected: String) -> Fault {
    if isAtEnd {
      return Fault(position: position, message: "the text ends too early", expected: expected)
    }
    var decoder = UTF8()
    var rest = bytes[position...].makeIterator()
    let shown =
      switch decoder.decode(&rest) {
      case .scalarValue(let scalar) where (0x21...0x7E).contains(scalar.value): "\(scalar)"
      case .scalarValue(let scalar): "U+" + hexadecimal(scalar.value)
      case .error, .emptyInput: "byte 0x" + String(byte, radix: 16, uppercase: true)
      }
    return Fault(position: position, message: "unexpected \(shown)", expected: expected)
  }

  /// Hexadecimal with at least four digits, as Unicode writes code points.
  func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

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
