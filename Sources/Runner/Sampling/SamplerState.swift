/// How far a sampler has come.
public struct SamplerState: Sendable, Hashable {
  /// The epochs that are complete.
  public var epoch: Int
  /// The groups drawn in the current epoch.
  public var position: Int

  /// The beginning, or a place that a checkpoint holds.
  public init(epoch: Int = 0, position: Int = 0) {
    self.epoch = epoch
    self.position = position
  }
}
