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
