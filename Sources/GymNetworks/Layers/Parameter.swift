import GymTensors

/// A trained tensor: its value in f32, and two copies for products: one in their type, and one
/// packed in the order in which they read it.
public final class Parameter: Sendable {
  /// The name in checkpoints.
  public let name: String
  /// The value, f32.
  public let value: Tensor
  /// The value in the activation type; the same memory if that is f32.
  let compute: Tensor
  /// The packed copy, if it is a matrix that takes part in products.
  let packed: PackedMatrix?

  /// A table or vector, read in f32.
  public convenience init(_ name: String, _ value: Tensor) {
    self.init(name, value, compute: value, packed: nil)
  }

  /// A matrix that takes part in products.
  ///
  /// - Parameters:
  ///   - computeType: the type that products read.
  ///   - layout: `gated` if a SwiGLU follows the product.
  public convenience init(
    _ name: String, _ value: Tensor, computeType: ElementType,
    layout: PackedMatrix.Layout = .plain
  ) {
    self.init(
      name, value,
      compute: computeType == .float32 ? value : Tensor(zeros: value.shape, type: computeType),
      packed: PackedMatrix(layout, shape: value.shape, type: computeType))
  }

  private init(_ name: String, _ value: Tensor, compute: Tensor, packed: PackedMatrix?) {
    precondition(value.type == .float32, "\(name): parameters are kept in f32")
    (self.name, self.value, self.compute, self.packed) = (name, value, compute, packed)
    refresh()
  }

  /// Updates the copies for products after `value` has changed.
  public func refresh() {
    if compute.type != .float32 { compute.copy(converting: value) }
    if let packed { packed.pack(compute, parts: 0..<packed.count) }
  }

  /// Updates part of the elements of the copy, but not the packed one.
  func convert(_ part: Range<Int>) {
    guard compute.type != .float32 else { return }
    compute.flat.slice(part).copy(converting: value.flat.slice(part))
  }

  /// One worker's share of packing, which reads all of `compute`: there must be a barrier between
  /// converting and packing.
  func pack(worker: Int, of workers: WorkerPool) {
    guard let packed else { return }
    packed.pack(compute, parts: workers.share(of: packed.count, worker: worker))
  }
}
