/// How an agent is watched.
public struct ProbeOptions: Sendable, Hashable {
  /// Normal noise on every number of the states that thinking begins from.
  public struct Noise: Sendable, Hashable {
    /// Its standard deviation.
    public let scale: Double
    /// The same seed gives the same noise to the same place of a batch.
    public let seed: UInt64

    /// Noise of a standard deviation, drawn from a seed.
    public init(scale: Double, seed: UInt64) {
      self.scale = scale
      self.seed = seed
    }
  }

  /// The number of segments; nil for as many as in training.
  public var segments: Int?
  /// What moves the states that thinking begins from; nil for nothing.
  public var noise: Noise?
  /// Whether only the last step is wanted: then the work that the others' answers take is saved.
  public var isLastOnly: Bool

  /// As many segments as in training, no noise and every step, unless something else is said.
  public init(segments: Int? = nil, noise: Noise? = nil, isLastOnly: Bool = false) {
    self.segments = segments
    self.noise = noise
    self.isLastOnly = isLastOnly
  }
}
