import Foundation
import GymCore
import GymJSON
import GymTensors

/// A safetensors file opened for reading; every byte range has been checked against the file.
///
/// The format (github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
/// header that gives each tensor's type, shape and byte range, then the bytes.
public struct SafeTensorsFile: Sendable {
  /// One tensor as the header describes it.
  public struct Entry: Sendable, Hashable {
    /// The number type.
    public let type: ScalarType
    /// The dimensions, outermost first; their product matches the number of bytes.
    public let shape: [Int]
    let bytes: Range<Int>

    /// The number of elements.
    public var count: Int { bytes.count / type.size }
  }

  /// The path, for errors.
  public let path: String
  /// The tensors by name.
  public let entries: [String: Entry]
  /// The free-text metadata.
  public let metadata: [String: String]
  private let data: Data

  /// Opens a file and checks its complete header.
  public init(contentsOf url: URL) throws {
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .alwaysMapped)
    } catch {
      throw GymError(
        "cannot be read: \(SystemFault(behind: error)?.reason ?? "\(error)")", at: url.path)
    }
    try self.init(bytes: data, at: url.path)
  }

  /// The same for bytes in memory.
  init(bytes data: Data, at path: String) throws {
    let header = try Header(of: data, path: path)
    (self.path, self.data) = (path, data)
    entries = header.entries
    metadata = header.metadata
  }

  /// The names, sorted.
  public var names: [String] { entries.keys.sorted() }

  /// The entry with a name.
  public func entry(_ name: String) throws -> Entry {
    guard let entry = entries[name] else {
      throw GymError("there is no tensor \"\(name)\"", at: path)
    }
    return entry
  }

  /// A tensor's bytes.
  public func bytes(_ name: String) throws -> Data {
    let range = try entry(name).bytes
    return data[data.startIndex + range.lowerBound..<data.startIndex + range.upperBound]
  }
}

/// The number types of the safetensors format that we read and write.
public enum ScalarType: String, Sendable, Hashable, CaseIterable {
  /// One byte, 0 or 1.
  case bool = "BOOL"
  /// 8 bits, unsigned.
  case uint8 = "U8"
  /// 8 bits, signed.
  case int8 = "I8"
  /// 32 bits, signed.
  case int32 = "I32"
  /// 64 bits, signed.
  case int64 = "I64"
  /// 64 bits, unsigned.
  case uint64 = "U64"
  /// The upper 16 bits of an f32.
  case bfloat16 = "BF16"
  /// IEEE 754 single precision.
  case float32 = "F32"
  /// IEEE 754 double precision.
  case float64 = "F64"

  /// The size of one number in bytes.
  public var size: Int {
    switch self {
    case .bool, .uint8, .int8: 1
    case .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }
}

extension SafeTensorsFile {
  /// The header, read and checked.
  struct Header {
    var entries: [String: Entry] = [:]
    var metadata: [String: String] = [:]
    private let path: String

    init(of data: Data, path: String) throws {
      self.path = path
      guard data.count >= 8 else {
        throw GymError(
          "this is no safetensors file: it has \(data.count.counted("byte"))", at: path)
      }
      let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard length <= 100_000_000, length <= UInt64(data.count - 8) else {
        // A header is an object; without its first byte the length is none either.
        let isCut = data.dropFirst(8).first == UInt8(ascii: "{")
        throw GymError(
          isCut
            ? "the file is cut: its header claims \(length) bytes, and it has \(data.count) in all"
            : "this is no safetensors file", at: path,
          expected: isCut ? nil : "the length of a header in 8 bytes, then the header in JSON")
      }
      let start = 8 + Int(length)
      let json: JSON
      do {
        json = try JSON(parsing: data[data.startIndex + 8..<data.startIndex + start])
      } catch {
        throw GymError("the header is not JSON: \(error)", at: path)
      }
      guard case .object(let members) = json else {
        throw GymError("the header is \(json.kind); expected an object", at: path)
      }
      for (name, value) in members {
        if name == "__metadata__" {
          metadata = try readMetadata(value)
        } else {
          entries[name] = try readEntry(name, value, start: start, end: data.count)
        }
      }
      try checkOverlap(start: start, end: data.count)
    }

    private func readMetadata(_ json: JSON) throws -> [String: String] {
      guard let members = json.object else {
        throw GymError("__metadata__ is \(json.kind); expected an object", at: path)
      }
      return try members.reduce(into: [:]) { result, member in
        guard let text = member.value.string else {
          throw GymError(
            "__metadata__.\(member.name) is \(member.value.kind); expected a string", at: path)
        }
        result[member.name] = text
      }
    }

    private func readEntry(_ name: String, _ json: JSON, start: Int, end: Int) throws -> Entry {
      guard let type = json["dtype"]?.string.flatMap(ScalarType.init(rawValue:)) else {
        let known = ScalarType.allCases.map(\.rawValue).joined(separator: ", ")
        throw GymError("\(name): no known dtype; expected one of \(known)", at: path)
      }
      guard let extents = json["shape"]?.array?.map({ $0.integer ?? -1 }),
        extents.allSatisfy({ $0 >= 0 })
      else {
        throw GymError("\(name): no shape; expected sizes from 0", at: path)
      }
      guard let offsets = json["data_offsets"]?.array?.map({ $0.integer ?? -1 }),
        offsets.count == 2,
        0 <= offsets[0], offsets[0] <= offsets[1], offsets[1] <= end - start
      else {
        throw GymError(
          "\(name): no data_offsets within the file's \(end - start) bytes of data", at: path)
      }
      let bytes = start + offsets[0]..<start + offsets[1]
      var expected = type.size
      for extent in extents {
        let (product, overflow) = expected.multipliedReportingOverflow(by: extent)
        // A later dimension may be 0, so the file's size alone does not bound the others.
        guard !overflow, product < 1 << 48 else {
          throw GymError("\(name): the shape \(extents) is too large", at: path)
        }
        expected = product
      }
      guard expected == bytes.count else {
        throw GymError(
          "\(name): \(bytes.count) bytes for \(type.rawValue) \(extents); expected \(expected)",
          at: path)
      }
      return Entry(type: type, shape: extents, bytes: bytes)
    }

    /// Every byte of data must belong to exactly one tensor, as the format requires.
    private func checkOverlap(start: Int, end: Int) throws {
      var position = start
      let sorted = entries.sorted {
        ($0.value.bytes.lowerBound, $0.value.bytes.upperBound)
          < ($1.value.bytes.lowerBound, $1.value.bytes.upperBound)
      }
      for (name, entry) in sorted {
        guard entry.bytes.lowerBound == position else {
          throw GymError(
            "\(name) begins at byte \(entry.bytes.lowerBound); expected \(position)", at: path)
        }
        position = entry.bytes.upperBound
      }
      guard position == end else {
        throw GymError(
          "ends at byte \(end); expected \(position): it is cut or has more at its end", at: path)
      }
    }
  }
}

extension SafeTensorsFile {
  /// An f32, bf16 or f64 tensor as f32.
  ///
  /// - Throws: a `GymError`, also if `shape` is given and differs from the tensor's.
  public func tensor(_ name: String, shape: Shape? = nil) throws -> Tensor {
    let entry = try entry(name)
    if let shape, shape.extents != entry.shape {
      throw GymError(
        "\(name) has the shape \(entry.shape); expected \(shape.extents)", at: path)
    }
    return Tensor(try floats(name), shape: Shape(entry.shape))
  }

  /// The elements of an f32, bf16 or f64 tensor as f32.
  public func floats(_ name: String) throws -> [Float] {
    switch try entry(name).type {
    case .float32: try elements(name, UInt32.self).map(Float.init(bitPattern:))
    case .bfloat16: try elements(name, UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    case .float64: try elements(name, UInt64.self).map { Float(Double(bitPattern: $0)) }
    case let type: throw wrongType(name, type, expected: "numbers with fractions")
    }
  }

  /// The elements of an f32, bf16 or f64 tensor as f64.
  public func doubles(_ name: String) throws -> [Double] {
    if try entry(name).type == .float64 {
      return try elements(name, UInt64.self).map(Double.init(bitPattern:))
    }
    return try floats(name).map(Double.init)
  }

  /// The elements of a tensor of integers.
  public func integers(_ name: String) throws -> [Int] {
    switch try entry(name).type {
    case .bool, .uint8: return try elements(name, UInt8.self).map(Int.init)
    case .int8: return try elements(name, Int8.self).map(Int.init)
    case .int32: return try elements(name, Int32.self).map(Int.init)
    case .int64: return try elements(name, Int64.self).map(Int.init)
    case .uint64:
      return try elements(name, UInt64.self).map { value in
        guard let integer = Int(exactly: value) else {
          throw GymError("\(name) holds \(value), above \(Int.max)", at: path)
        }
        return integer
      }
    case let type: throw wrongType(name, type, expected: "integers")
    }
  }

  private func elements<Element: FixedWidthInteger>(
    _ name: String, _: Element.Type
  ) throws -> [Element] {
    let bytes = try bytes(name)
    return bytes.withUnsafeBytes { raw in
      (0..<bytes.count / MemoryLayout<Element>.size).map { index in
        Element(
          littleEndian: raw.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Element>.size, as: Element.self))
      }
    }
  }

  private func wrongType(_ name: String, _ type: ScalarType, expected: String) -> GymError {
    GymError("\(name) has type \(type.rawValue); expected \(expected)", at: path)
  }
}
