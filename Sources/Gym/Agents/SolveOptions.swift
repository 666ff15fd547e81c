/// How long an agent may think about each question.
public struct SolveOptions: Sendable, Hashable {
  /// The number of segments (outer steps); nil for as many as in training.
  public var segments: Int?
  /// Whether the agent may stop early on a puzzle that it considers done. Default: it runs all
  /// segments, as the published evaluation does.
  public var halts: Bool
  /// The fewest segments before a puzzle may be stopped.
  public var minimumSegments: Int
  /// Whether to keep the answer after each segment.
  public var keepsThoughts: Bool
  /// Tells the agent when to stop. An agent that checks it throws `StoppedSolving` soon after; one
  /// that ignores it answers all questions first.
  public var stop: StopRequest?

  /// The number of chains per puzzle. All start alike, each adds its own noise to its latent
  /// states, and the most confident one answers. Only for agents that carry latent states.
  public var chains: Int
  /// The standard deviation of that noise, before each segment; states have root mean square 1.
  public var noise: Double

  /// By default, uses as many segments as in training, in one chain, and never halts early.
  public init(
    segments: Int? = nil, halts: Bool = false, minimumSegments: Int = 1,
    keepsThoughts: Bool = false, chains: Int = 1, noise: Double = 0, stop: StopRequest? = nil
  ) {
    self.segments = segments
    self.halts = halts
    self.minimumSegments = minimumSegments
    self.keepsThoughts = keepsThoughts
    self.chains = chains
    self.noise = noise
    self.stop = stop
  }
}
