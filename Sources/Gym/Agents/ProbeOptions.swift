/// Options for probing an agent.
public struct ProbeOptions: Sendable, Hashable {
  /// Normal noise that is added to every number of the initial states.
  public struct Noise: Sendable, Hashable {
    /// Its standard deviation.
    public let scale: Double
    /// The seed. The same seed gives the same noise at the same position of a batch.
    public let seed: UInt64

    /// Noise with a standard deviation and a seed.
    public init(scale: Double, seed: UInt64) {
      self.scale = scale
      self.seed = seed
    }
  }

  /// The number of segments; nil for as many as in training.
  public var segments: Int?
  /// The noise on the initial states; nil for none.
  public var noise: Noise?
  /// Whether only the last step is reported, which saves the work of decoding the other answers.
  public var isLastOnly: Bool

  /// By default, as many segments as in training, no noise, and every step.
  public init(segments: Int? = nil, noise: Noise? = nil, isLastOnly: Bool = false) {
    self.segments = segments
    self.noise = noise
    self.isLastOnly = isLastOnly
  }
}
