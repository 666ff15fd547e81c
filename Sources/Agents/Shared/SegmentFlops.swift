/// The floating-point operations of one puzzle's segment, counted from the shapes of the matrix
/// products: two for each multiplication with addition.
public struct SegmentFlops: Sendable, Hashable {
  /// The whole segment, forward.
  public let forward: Double
  /// What of it is recorded for the gradient.
  public let recorded: Double
  /// What further terms of an implicit gradient take, forward operations aside.
  public let further: Double
  /// What need not be done forward if only the first position's output is wanted.
  public let sparedByFirst: Double

  /// The operations of a segment; all is recorded if nothing else is said.
  public init(
    forward: Double, recorded: Double? = nil, further: Double = 0, sparedByFirst: Double = 0
  ) {
    self.forward = forward
    self.recorded = recorded ?? forward
    self.further = further
    self.sparedByFirst = sparedByFirst
  }
}
