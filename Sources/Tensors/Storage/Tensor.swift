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
