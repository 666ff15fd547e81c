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

  /// The number of elements.
  var count: Int { shape.reduce(1, *) }

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
