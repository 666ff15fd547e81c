import Foundation
import Gym

/// An array in an `.npy` file, mapped into memory.
public struct NpyArray: Sendable {
  /// The file's path.
  public let url: URL
  /// How each element is stored.
  public let element: NpyElement
  /// The dimensions, outermost first.
  public let shape: [Int]
  private let file: MappedFile
  private let dataOffset: Int

  /// Opens a file of format version 1 to 3 with little-endian elements in C order.
  ///
  /// - Throws: a `GymError` that names the file, also if the file's size does not match its header.
  public init(_ url: URL) throws {
    let file = try MappedFile(url)
    do {
      let header = try file.withBytes { try NpyHeader($0, fileSize: $0.count) }
      (element, shape, dataOffset) = (header.element, header.shape, header.dataOffset)
    } catch let error as GymError {
      throw error.located(url.path)
    }
    self.url = url
    self.file = file
  }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Calls a function with the elements' bytes, which are valid only during the call.
  func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    try file.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[dataOffset...])) }
  }

  /// Calls a function with every element of a range, as a 64-bit integer, or nil if it does not
  /// fit.
  ///
  /// - Precondition: the elements are integers and the range is within the array.
  func forEachInteger(in range: Range<Int>, _ body: (Int, Int64?) throws -> Void) rethrows {
    func visit<Stored: FixedWidthInteger>(_: Stored.Type) throws {
      try withBytes { bytes in
        for index in range {
          let stored = bytes.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Stored>.size, as: Stored.self)
          try body(index, Int64(exactly: Stored(littleEndian: stored)))
        }
      }
    }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    switch element {
    case .int8: try visit(Int8.self)
    case .uint8: try visit(UInt8.self)
    case .int16: try visit(Int16.self)
    case .uint16: try visit(UInt16.self)
    case .int32: try visit(Int32.self)
    case .uint32: try visit(UInt32.self)
    case .int64: try visit(Int64.self)
    case .uint64: try visit(UInt64.self)
    case .float32: preconditionFailure("the elements are not integers")
    }
  }

  /// One element of an array of 32-bit floating-point numbers.
  ///
  /// - Precondition: that is the element type, and the index is within the array.
  func float(_ index: Int) -> Float {
    precondition(element == .float32 && (0..<count).contains(index))
    let bits = withBytes { $0.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self) }
    return Float(bitPattern: UInt32(littleEndian: bits))
  }
}

/// The element types of `.npy` files in datasets.
public enum NpyElement: String, Sendable, Hashable, CaseIterable {
  /// 8 bits, signed.
  case int8 = "|i1"
  /// 8 bits, unsigned.
  case uint8 = "|u1"
  /// 16 bits, signed.
  case int16 = "<i2"
  /// 16 bits, unsigned.
  case uint16 = "<u2"
  /// 32 bits, signed.
  case int32 = "<i4"
  /// 32 bits, unsigned.
  case uint32 = "<u4"
  /// 64 bits, signed.
  case int64 = "<i8"
  /// 64 bits, unsigned.
  case uint64 = "<u8"
  /// IEEE 754 single precision.
  case float32 = "<f4"

  /// The size of one element in bytes.
  public var size: Int {
    switch self {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64: 8
    }
  }

  /// Whether the elements are integers.
  public var isInteger: Bool { self != .float32 }
}
