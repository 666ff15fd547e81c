import Tensors

/// A trained tensor: its value in f32, and what products compute with: a copy in their type, and
/// once more in the order in which they read it.
public final class Parameter: Sendable {
  /// The name in checkpoints.
  public let name: String
  /// The value, f32.
  public let value: Tensor
  /// The value in the activation type; the same memory if that is f32.
  let compute: Tensor
  /// The same for products, if it is a matrix that takes part in such.
  let packed: PackedMatrix?

  /// A table or vector, which is read in f32.
  public convenience init(_ name: String, _ value: Tensor) {
    self.init(name, value, compute: value, packed: nil)
  }

  /// A matrix of products.
  ///
  /// - Parameters:
  ///   - computeType: the type that products read.
  ///   - layout: `gated` for what is taken with a SwiGLU after it.
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

  /// Brings what products read up to date after `value` has changed.
  public func refresh() {
    if compute.type != .float32 { compute.copy(converting: value) }
    if let packed { packed.pack(compute, parts: 0..<packed.count) }
  }

  /// The same for a part of the elements, without what is packed.
  func convert(_ part: Range<Int>) {
    guard compute.type != .float32 else { return }
    compute.flat.slice(part).copy(converting: value.flat.slice(part))
  }

  /// One worker's share of packing, from all of `compute`: a barrier stands between converting and
  /// this.
  func pack(worker: Int, of workers: WorkerPool) {
    guard let packed else { return }
    packed.pack(compute, parts: workers.share(of: packed.count, worker: worker))
  }
}
