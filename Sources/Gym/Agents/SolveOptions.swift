/// How much an agent may think about each question.
public struct SolveOptions: Sendable, Hashable {
  /// The number of segments (outer steps); nil for as many as in training.
  public var segments: Int?
  /// Whether the agent may stop a puzzle as soon as it thinks that it is done. Default: it thinks
  /// for all segments, as the published evaluation does.
  public var halts: Bool
  /// The fewest segments before a puzzle may be stopped.
  public var minimumSegments: Int
  /// Whether to keep the answer after each segment.
  public var keepsThoughts: Bool
  /// Says when to stop. An agent that hears of it throws `StoppedSolving` soon; one that does not
  /// look at it answers everything first.
  public var stop: StopRequest?

  /// The number of chains of each puzzle: several start alike, get noise of their own into their
  /// latent states, and the surest one answers. Only for agents that carry latent states.
  public var chains: Int
  /// The standard deviation of that noise, before each segment; states have a root mean square of 1.
  public var noise: Double

  /// By default, as many segments as in training and all of them, in one chain.
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
