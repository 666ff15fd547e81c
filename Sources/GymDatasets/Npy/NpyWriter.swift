import Foundation
import Gym

/// Writes an array row by row; the number of rows is known only at the end.
final class NpyWriter {
  /// The number of elements written.
  private(set) var count = 0
  private let element: NpyElement
  /// The number of elements per row; nil for a one-dimensional array.
  private let columns: Int?
  private let file: FileWriter
  private var hasher: SHA256

  /// Enough space for the longest header of these arrays.
  static let headerSize = 128

  /// Creates a file.
  init(_ url: URL, _ element: NpyElement, columns: Int? = nil) throws {
    (self.element, self.columns, hasher) = (element, columns, try SHA256())
    file = try FileWriter(url, isNew: true)
    try NpyHeader.bytes(element, shape: shape).withUnsafeBytes { try file.write($0) }
  }

  /// Continues an unfinished file; everything after `count` elements is cut off.
  init(resuming url: URL, _ element: NpyElement, columns: Int? = nil, count: Int) throws {
    (self.element, self.columns, self.count) = (element, columns, count)
    let size = Self.headerSize + count * element.size
    var hasher = try SHA256()
    try MappedFile(url).withBytes { bytes in
      guard bytes.count >= size else {
        throw GymError(
          "the file has \(bytes.count) bytes", at: url.path, expected: "\(size) or more",
          remedy: "Begin anew with --force.")
      }
      hasher.update(UnsafeRawBufferPointer(rebasing: bytes[Self.headerSize..<size]))
    }
    self.hasher = hasher
    file = try FileWriter(url, isNew: false)
    try file.cut(to: size)
  }

  private var shape: [Int] { columns.map { [count / $0, $0] } ?? [count] }

  /// Appends elements: bytes, or fixed-width numbers on a little-endian machine.
  ///
  /// - Precondition: `Element` has the size of the array's elements.
  func append<Element>(_ elements: [Element]) throws {
    precondition(MemoryLayout<Element>.size == element.size)
    try elements.withUnsafeBytes { bytes in
      // Hashed data is written while it is still in the cache.
      for start in stride(from: 0, to: bytes.count, by: FileWriter.bufferSize) {
        let end = min(start + FileWriter.bufferSize, bytes.count)
        let block = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        hasher.update(block)
        try file.write(block)
      }
    }
    count += elements.count
  }

  /// Appends elements without information: zeros, or for floating-point numbers NaN.
  func appendNothing(count: Int) throws {
    switch element {
    case .int8, .uint8: try append([UInt8](repeating: 0, count: count))
    case .int16, .uint16: try append([UInt16](repeating: 0, count: count))
    case .int32, .uint32: try append([UInt32](repeating: 0, count: count))
    case .int64, .uint64: try append([UInt64](repeating: 0, count: count))
    case .float32: try append([Float](repeating: .nan, count: count))
    }
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws { try file.synchronize() }

  /// Fills in the header and closes the file.
  ///
  /// - Returns: the array's part of the content hash.
  func finish() throws -> ContentHash.Part {
    try file.replaceStart(with: NpyHeader.bytes(element, shape: shape))
    try file.synchronize()
    try file.close()
    return ContentHash.Part(element: element, shape: shape, digest: hasher.finalize())
  }
}
