import CGymTensorKernels

/// Numbers of one type in a shape, row-major and contiguous, in memory that a device owns.
///
/// Copies of the value share the memory, which only device operations read and write; `values`
/// copies it to the host.
public struct Tensor: Sendable {
  /// The dimensions, outermost first.
  public let shape: Shape
  /// How each element is stored.
  public let type: ElementType
  package let buffer: Buffer
  private let offset: Int

  /// - Precondition: the buffer is large enough from `offset` (in elements) on.
  package init(shape: Shape, type: ElementType, buffer: Buffer, offset: Int = 0) {
    precondition(offset >= 0 && (offset + shape.count) * type.size <= buffer.size)
    self.shape = shape
    self.type = type
    self.buffer = buffer
    self.offset = offset
  }

  /// A zeroed tensor with its own memory.
  public init(zeros shape: Shape, type: ElementType = .float32) {
    self.init(shape: shape, type: type, buffer: Buffer(size: shape.count * type.size))
  }

  /// An f32 tensor with `values`.
  ///
  /// - Precondition: there is a value for each element.
  public init(_ values: [Float], shape: Shape) {
    precondition(values.count == shape.count, "\(values.count) values for \(shape)")
    self.init(zeros: shape)
    floats.update(from: values, count: values.count)
  }

  /// The number of elements.
  public var count: Int { shape.count }

  /// The same memory with another shape of the same count.
  public func reshaped(_ shape: Shape) -> Tensor {
    precondition(shape.count == count, "\(self.shape) has no shape \(shape)")
    return Tensor(shape: shape, type: type, buffer: buffer, offset: offset)
  }

  /// The same memory as one dimension.
  public var flat: Tensor { reshaped([count]) }

  /// A range of the outermost dimension, in the same memory.
  public func slice(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= shape[0])
    let inner = Array(shape.extents.dropFirst())
    let stride = inner.reduce(1, *)
    return Tensor(
      shape: Shape([range.count] + inner), type: type, buffer: buffer,
      offset: offset + range.lowerBound * stride)
  }

  /// One index of the outermost dimension, in the same memory.
  public func row(_ index: Int) -> Tensor {
    slice(index..<index + 1).reshaped(Shape(Array(shape.extents.dropFirst())))
  }

  /// A range of rows, in the same memory; all dimensions except the innermost are combined.
  func rows(_ range: Range<Int>) -> Tensor { reshaped([shape.rows, shape.last]).slice(range) }

  /// The address of the elements, for kernels.
  package var address: UnsafeMutableRawPointer { buffer.address + offset * type.size }

  /// The address of f32 elements, for kernels.
  ///
  /// - Precondition: the type is f32.
  package var floats: UnsafeMutablePointer<Float> {
    precondition(type == .float32, "an f32 tensor was expected, not \(type.rawValue)")
    return address.bindMemory(to: Float.self, capacity: count)
  }
}

extension Tensor {
  /// The elements, copied to the host as f32.
  public var values: [Float] {
    [Float](unsafeUninitializedCapacity: count) { values, initialized in
      rg_convert(type.kernel, RG_F32, Int64(count), address, values.baseAddress)
      initialized = count
    }
  }

  /// Overwrites the elements from the host.
  ///
  /// - Precondition: there is a value for each element.
  public func set(_ values: [Float]) {
    precondition(values.count == count, "\(values.count) values for \(shape)")
    rg_convert(RG_F32, type.kernel, Int64(count), values, address)
  }

  /// Overwrites the elements with those of another tensor of the same shape and type.
  public func copy(from other: Tensor) {
    precondition(other.shape == shape && other.type == type, "\(other.shape) into \(shape)")
    address.copyMemory(from: other.address, byteCount: count * type.size)
  }

  /// Overwrites the elements with those of another tensor of the same shape, in this type.
  public func copy(converting other: Tensor) {
    precondition(other.shape == shape, "\(other.shape) into \(shape)")
    rg_convert(other.type.kernel, type.kernel, Int64(count), other.address, address)
  }

  /// Overwrites the elements with zero.
  public func clear() {
    address.initializeMemory(as: UInt8.self, repeating: 0, count: count * type.size)
  }
}

/// The dimensions of a tensor, outermost first.
public struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  /// The dimensions, outermost first, none negative; empty for a scalar.
  public let extents: [Int]

  /// - Precondition: no dimension is negative, and the count fits 48 bits.
  public init(_ extents: [Int]) {
    var count = 1
    for extent in extents {
      precondition(extent >= 0, "a negative extent in \(extents)")
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      precondition(!overflow && product < 1 << 48, "the shape \(extents) is too large")
      count = product
    }
    self.extents = extents
    self.count = count
  }

  public init(arrayLiteral elements: Int...) { self.init(elements) }

  /// The number of elements.
  public let count: Int
  /// The number of dimensions.
  public var rank: Int { extents.count }
  /// The innermost dimension; 1 for a scalar.
  public var last: Int { extents.last ?? 1 }
  /// The number of rows: the product of all dimensions except the innermost.
  public var rows: Int { extents.dropLast().reduce(1, *) }

  /// The dimension at an index, counted from the outermost.
  ///
  /// - Precondition: `index` is in 0..<rank.
  public subscript(index: Int) -> Int { extents[index] }
  public var description: String { "[\(extents.map(String.init).joined(separator: ", "))]" }
}

/// How numbers are stored. Arithmetic and accumulation use f32 for both.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
  /// IEEE 754 single precision.
  case float32 = "f32"
  /// The upper 16 bits of an f32.
  case bfloat16 = "bf16"

  /// The size of one number in bytes.
  public var size: Int { self == .float32 ? 4 : 2 }
}
