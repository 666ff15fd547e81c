import CTensorKernels

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
