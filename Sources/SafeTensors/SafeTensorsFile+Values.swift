import Foundation
import GymCore
import Tensors

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
