/// The names of a state that is carried from segment to segment.
public struct StateName: Sendable, Hashable {
  /// The name in probe reports, such as `z_H`.
  public let probed: String
  /// The name of its fixed start vector in checkpoints, such as `H_init`.
  public let start: String
  /// Its name in the training state of a slot.
  public let carried: String
  /// Whether it starts at zero, and not at a vector that was drawn.
  public let startsAtZero: Bool

  /// The names of a state; `carried` is by default the same as `start`.
  public init(
    _ probed: String, start: String, carried: String? = nil, startsAtZero: Bool = false
  ) {
    self.probed = probed
    self.start = start
    self.carried = carried ?? start
    self.startsAtZero = startsAtZero
  }
}
