import Foundation
import GymCore
import GymJSON
import GymTensors

/// Tensors to be written into a safetensors file.
public struct SafeTensorsContent: Sendable {
  private var tensors: [(name: String, type: ScalarType, shape: [Int], bytes: Data)] = []
  /// Free text for the header.
  public var metadata: [String: String] = [:]

  /// Content without tensors.
  public init() {}

  /// Adds an f32 or bf16 tensor, in its own type.
  public mutating func add(_ name: String, _ tensor: Tensor) {
    add(name, tensor.type == .float32 ? .float32 : .bfloat16, tensor.shape.extents, tensor.bytes)
  }

  /// Adds integers with a shape.
  public mutating func add(_ name: String, integers values: [Int32], shape: [Int]) {
    let bytes = values.map(\.littleEndian).withUnsafeBytes { Data($0) }
    add(name, .int32, shape, bytes)
  }

  /// Adds f64 numbers with a shape.
  public mutating func add(_ name: String, doubles values: [Double], shape: [Int]) {
    let bytes = values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    add(name, .float64, shape, bytes)
  }

  private mutating func add(_ name: String, _ type: ScalarType, _ shape: [Int], _ bytes: Data) {
    precondition(bytes.count == shape.reduce(type.size, *), "\(name): bytes do not fit \(shape)")
    precondition(!tensors.contains { $0.name == name }, "\(name) stands twice")
    tensors.append((name, type, shape, bytes))
  }

  /// Adds all tensors of other content.
  public mutating func add(_ other: SafeTensorsContent) {
    for tensor in other.tensors { add(tensor.name, tensor.type, tensor.shape, tensor.bytes) }
  }

  /// The file's bytes.
  public var bytes: [UInt8] {
    ordered.reduce(into: Array(header())) { $0.append(contentsOf: $1.bytes) }
  }

  /// The content of a file's bytes.
  ///
  /// - Parameter place: the source of the bytes, for errors.
  public init(bytes: [UInt8], at place: String) throws {
    let file = try SafeTensorsFile(bytes: Data(bytes), at: place)
    metadata = file.metadata
    for name in file.names {
      let entry = try file.entry(name)
      add(name, entry.type, entry.shape, try file.bytes(name))
    }
  }

  /// Writes the file: aside, flushed to the disk, then renamed.
  public func write(to url: URL) throws {
    let header = header()
    let size = ordered.reduce(header.count) { $0 + $1.bytes.count }
    do {
      let file = try WholeFile(url)
      try file.write(header)
      for tensor in ordered { try file.write(tensor.bytes) }
      try file.finish()
    } catch let error as JSONError {
      let fault = error.systemCode.map { SystemFault($0) }
      let cause = fault?.reason ?? error.message
      throw GymError(
        "cannot be written, \(size) bytes: \(cause)", at: url.path, remedy: fault?.remedy)
    }
  }

  /// Larger number types first, so that each tensor is aligned to its type; then by name.
  private var ordered: [(name: String, type: ScalarType, shape: [Int], bytes: Data)] {
    tensors.sorted { ($1.type.size, $0.name) < ($0.type.size, $1.name) }
  }

  private func header() -> Data {
    var members = JSONObject()
    if !metadata.isEmpty {
      members["__metadata__"] = .object(
        JSONObject(metadata.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }
    var offset = 0
    for tensor in ordered {
      members[tensor.name] = .object([
        "dtype": .string(tensor.type.rawValue),
        "shape": .array(tensor.shape.map { JSON($0) }),
        "data_offsets": .array([
          JSON(offset), JSON(offset + tensor.bytes.count),
        ]),
      ])
      offset += tensor.bytes.count
    }
    var text = Data(JSON.object(members).text().utf8)
    text.append(Data(repeating: 0x20, count: (8 - text.count % 8) % 8))
    let length = UInt64(text.count).littleEndian
    return withUnsafeBytes(of: length) { Data($0) } + text
  }
}

extension Tensor {
  /// The elements' bytes, little-endian.
  fileprivate var bytes: Data {
    switch type {
    case .float32: values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    case .bfloat16:
      values.map { UInt16(truncatingIfNeeded: $0.bitPattern >> 16).littleEndian }
        .withUnsafeBytes { Data($0) }
    }
  }
}
