/// What a state that is carried from segment to segment is called.
public struct StateName: Sendable, Hashable {
  /// In what a probe reports, such as `z_H`.
  public let probed: String
  /// Its fixed start vector in checkpoints, such as `H_init`.
  public let start: String
  /// Itself in the training state of a slot.
  public let carried: String

  /// The names of a state; in training states it is called as its start if nothing else is
  /// said.
  public init(_ probed: String, start: String, carried: String? = nil) {
    self.probed = probed
    self.start = start
    self.carried = carried ?? start
  }
}
