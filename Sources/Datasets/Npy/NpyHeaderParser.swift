import Gym

/// Parses the Python dictionary in an `.npy` header, which has exactly the keys `descr`,
/// `fortran_order` and `shape`, in any order.
struct NpyHeaderParser {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// The element type and the shape.
  mutating func parse() throws -> (NpyElement, [Int]) {
    var element: NpyElement?
    var shape: [Int]?
    var isFortran: Bool?
    try expect("{")
    while !take("}") {
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where element == nil: element = try self.element()
      case "shape" where shape == nil: shape = try self.extents()
      case "fortran_order" where isFortran == nil: isFortran = try flag()
      default: throw fail("the key \"\(key)\"", "descr, fortran_order and shape, once each")
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpaces()
    guard position == bytes.count else { throw fail("text after the header's dictionary", "none") }
    guard let element, let shape, let isFortran else {
      throw fail("a header with a key missing", "descr, fortran_order and shape")
    }
    guard !isFortran else {
      throw fail("an array in Fortran order", "C order (fortran_order False)")
    }
    return (element, shape)
  }

  private mutating func element() throws -> NpyElement {
    let text = try string()
    for element in NpyElement.allCases {
      let code = element.rawValue.dropFirst()
      let isByte = element.size == 1 && (text == "<" + code || text == "=" + code || text == code)
      if text == element.rawValue || isByte { return element }
    }
    throw fail("elements of type \"\(text)\"", "little-endian integers or f4")
  }

  private mutating func extents() throws -> [Int] {
    var extents: [Int] = []
    try expect("(")
    while !take(")") {
      skipSpaces()
      let digits = bytes[position...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty, let extent = Int(String(decoding: digits, as: UTF8.self)) else {
        throw fail("an extent that is no integer of 64 bits", "numbers like (1000, 81)")
      }
      position += digits.count
      extents.append(extent)
      guard extents.count <= 8 else { throw fail("more than 8 dimensions", "1 or 2") }
      if !take(",") {
        try expect(")")
        break
      }
    }
    return extents
  }

  private mutating func flag() throws -> Bool {
    skipSpaces()
    for (text, value) in [("True", true), ("False", false)]
    where bytes[position...].starts(with: text.utf8) {
      position += text.utf8.count
      return value
    }
    throw fail("fortran_order is neither True nor False", "False")
  }

  private mutating func string() throws -> String {
    skipSpaces()
    guard position < bytes.count, bytes[position] == 39 || bytes[position] == 34,
      let end = bytes[(position + 1)...].firstIndex(of: bytes[position])
    else { throw fail("no text in quotes at byte \(position) of the header", "'descr' or such") }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard take(character) else {
      throw fail("no \"\(character)\" at byte \(position) of the header", "a Python dictionary")
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpaces() {
    while position < bytes.count, bytes[position] == 32 || bytes[position] == 10 { position += 1 }
  }

  private func fail(_ what: String, _ expected: String) -> GymError {
    GymError("the .npy header is not understood: \(what)", expected: expected)
  }
}
