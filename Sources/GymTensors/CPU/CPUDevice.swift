import CGymTensorKernels

/// The host's CPU: fused operations and products in C, memory from a pool.
///
/// Every operation runs on the calling thread, unless there is a team. Each worker has its own
/// device.
public final class CPUDevice: Device {
  public let activationType: ElementType
  /// The memory that this device's tensors come from.
  public let pool = BufferPool()
  /// The threads that share a single operation if there is too little work to split at the batch.
  /// They split the operations of the forward pass, and products if the weights are packed. Nil:
  /// only the calling thread.
  public var team: ThreadTeam?

  /// A device with its own, empty pool.
  public init(activationType: ElementType = .float32) {
    self.activationType = activationType
  }

  public func makeTensor(_ shape: Shape, _ type: ElementType) -> Tensor {
    Tensor(shape: shape, type: type, buffer: pool.buffer(size: shape.count * type.size))
  }

  public func makeZeros(_ shape: Shape, _ type: ElementType) -> Tensor {
    let tensor = makeTensor(shape, type)
    tensor.address.initializeMemory(
      as: UInt8.self, repeating: 0, count: shape.count * type.size)
    return tensor
  }

  public func convert(_ x: Tensor, to type: ElementType) -> Tensor {
    if x.type == type { return x }
    let result = makeTensor(x.shape, type)
    rg_convert(x.type.kernel, type.kernel, Int64(x.count), x.address, result.address)
    return result
  }

  /// Runs `body` on parts of 0..<count, in parallel if there is a team.
  func share(
    _ count: Int, inMultiplesOf multiple: Int = 16, _ body: @Sendable (Range<Int>) -> Void
  ) {
    if let team { team.share(count, inMultiplesOf: multiple, body) } else { body(0..<count) }
  }

  /// A tensor of the activation type.
  func makeActivation(_ shape: Shape) -> Tensor { makeTensor(shape, activationType) }

  func check(_ tensors: Tensor..., hasType type: ElementType) {
    for tensor in tensors {
      precondition(tensor.type == type, "a \(type.rawValue) tensor was expected")
    }
  }
}

extension ElementType {
  /// The kernels' name of this type.
  var kernel: rg_type { self == .float32 ? RG_F32 : RG_BF16 }
}

extension CPUDevice {
  /// The vector instructions in use: amx, avx512bf16, avx512, avx2, neon or baseline.
  public static var vectorInstructions: String { String(cString: rg_isa()) }

  /// Whether the processor has its own instructions for bf16 products, instead of going through
  /// f32.
  public static var hasNativeBFloat16: Bool { rg_native_bf16() }
}

extension CPUDevice {
  /// The number of rows and columns moved at a time: 16 f32 numbers are a cache line, so each line
  /// is read and written once while it is cached.
  private static let tile = 16

  public func transposed(_ x: Tensor) -> Tensor {
    precondition(x.shape.rank == 3, "\(x.shape) has no batch of matrices")
    let result = makeTensor([x.shape[0], x.shape[2], x.shape[1]], x.type)
    // Only the size of the elements matters, since bits are moved.
    switch x.type {
    case .float32: transpose(x, into: result, UInt32.self)
    case .bfloat16: transpose(x, into: result, UInt16.self)
    }
    return result
  }

  private func transpose<Bits: FixedWidthInteger>(
    _ x: Tensor, into result: Tensor, _: Bits.Type
  ) {
    let (rows, columns) = (x.shape[1], x.shape[2])
    let from = x.address.assumingMemoryBound(to: Bits.self)
    let to = result.address.assumingMemoryBound(to: Bits.self)
    for entry in 0..<x.shape[0] {
      let (source, target) = (from + entry * rows * columns, to + entry * rows * columns)
      for firstRow in stride(from: 0, to: rows, by: Self.tile) {
        let rowEnd = min(firstRow + Self.tile, rows)
        for firstColumn in stride(from: 0, to: columns, by: Self.tile) {
          for column in firstColumn..<min(firstColumn + Self.tile, columns) {
            for row in firstRow..<rowEnd {
              target[column &* rows &+ row] = source[row &* columns &+ column]
            }
          }
        }
      }
    }
  }
}
