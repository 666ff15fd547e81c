/// The position of a sampler.
public struct SamplerState: Sendable, Hashable {
  /// The number of completed epochs.
  public var epoch: Int
  /// The number of groups drawn in the current epoch.
  public var position: Int

  /// The beginning, or a position from a checkpoint.
  public init(epoch: Int = 0, position: Int = 0) {
    self.epoch = epoch
    self.position = position
  }
}
