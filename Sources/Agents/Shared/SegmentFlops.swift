/// The floating-point operations of one puzzle's segment, counted from the shapes of the matrix
/// products: two per multiply-add.
public struct SegmentFlops: Sendable, Hashable {
  /// The forward pass of the whole segment.
  public let forward: Double
  /// The part of it that is recorded for the gradient.
  public let recorded: Double
  /// The further terms of an implicit gradient, without forward operations.
  public let further: Double
  /// The forward operations saved if only the first position's output is needed.
  public let sparedByFirst: Double

  /// The operations of a segment; by default all of it is recorded.
  public init(
    forward: Double, recorded: Double? = nil, further: Double = 0, sparedByFirst: Double = 0
  ) {
    self.forward = forward
    self.recorded = recorded ?? forward
    self.further = further
    self.sparedByFirst = sparedByFirst
  }
}
