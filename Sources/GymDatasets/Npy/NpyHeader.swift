import Gym

/// The header of an `.npy` file, which describes the array that follows.
///
/// Source: NumPy's format description (numpy.lib.format), versions 1 to 3.
struct NpyHeader: Sendable, Hashable {
  let element: NpyElement
  let shape: [Int]
  /// The offset of the first element in the file.
  let dataOffset: Int

  /// Longer headers are rejected; NumPy itself writes 118 bytes for these arrays.
  static let sizeLimit = 65_536

  /// Reads a header from a file's first bytes.
  ///
  /// - Parameter fileSize: the size of the whole file, which must match the header exactly.
  /// - Throws: a `GymError` without a location.
  init(_ bytes: UnsafeRawBufferPointer, fileSize: Int) throws {
    func fail(_ what: String, _ expected: String) -> GymError {
      GymError(what, expected: expected, remedy: "Is it a whole .npy file?")
    }
    guard bytes.count >= 10, bytes.prefix(6).elementsEqual([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59])
    else { throw fail("the file does not begin like an .npy file", "\\x93NUMPY and a header") }
    let version = bytes[6]
    guard (1...3).contains(version), bytes[7] == 0 else {
      throw fail("the format version is \(version).\(bytes[7])", "1.0, 2.0 or 3.0")
    }
    let start = version == 1 ? 10 : 12
    guard bytes.count >= start else { throw fail("the header is cut off", "its length") }
    var length = Int(bytes[8]) | Int(bytes[9]) << 8
    if version > 1 { length |= Int(bytes[10]) << 16 | Int(bytes[11]) << 24 }
    guard length <= Self.sizeLimit else {
      throw fail("the header has \(length) bytes", "at most \(Self.sizeLimit)")
    }
    guard bytes.count >= start + length else {
      throw fail("the header is cut off", "\(length) bytes of header")
    }
    var parser = NpyHeaderParser(bytes[start..<start + length])
    (element, shape) = try parser.parse()
    dataOffset = start + length

    var total = element.size
    for extent in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: extent)
      guard !overflow else { throw fail("the shape \(shape) is too large", "one that fits memory") }
      total = product
    }
    let (wanted, overflow) = total.addingReportingOverflow(dataOffset)
    guard !overflow, wanted == fileSize else {
      throw GymError(
        "the file has \(fileSize) bytes",
        expected: "\(wanted) for the shape \(shape) of \(element.rawValue)",
        remedy: "Was it cut off or changed while it was copied?")
    }
  }

  /// A version 1.0 header of exactly `size` bytes, so that the row count can be filled in later.
  ///
  /// - Precondition: `size` is a multiple of 64 and long enough.
  static func bytes(_ element: NpyElement, shape: [Int], size: Int = 128) -> [UInt8] {
    let extents =
      shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    let text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(extents)), }"
    let padding = size - 10 - text.utf8.count - 1
    precondition(size % 64 == 0 && padding >= 0 && size - 10 <= 65_535)
    var bytes: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0]
    bytes += [UInt8((size - 10) & 255), UInt8((size - 10) >> 8)]
    bytes += Array(text.utf8) + [UInt8](repeating: 32, count: padding) + [10]
    return bytes
  }
}

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
      throw fail(
        "an array in Fortran order", "C order (fortran_order False)",
        remedy: "Save numpy.ascontiguousarray(array).")
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
    throw fail(
      "elements of type \"\(text)\"", "little-endian integers or f4",
      remedy: "For tokens and indices, save array.astype(\"<i4\").")
  }

  private mutating func extents() throws -> [Int] {
    var extents: [Int] = []
    try expect("(")
    while !take(")") {
      skipSpaces()
      let digits = bytes[position...].prefix { (48...57).contains($0) }
      guard !digits.isEmpty, let extent = Int(String(decoding: digits, as: UTF8.self)) else {
        throw fail("an extent that is not an integer of 64 bits", "numbers like (1000, 81)")
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

  private func fail(_ what: String, _ expected: String, remedy: String? = nil) -> GymError {
    GymError("the .npy header is not understood: \(what)", expected: expected, remedy: remedy)
  }
}
