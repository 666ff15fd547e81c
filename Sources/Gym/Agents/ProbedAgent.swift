/// An agent whose states and intermediate answers can be observed while it thinks.
public protocol ProbedAgent: Agent {
  /// Whether thinking starts from latent states, to which noise can be added; false if the question
  /// alone determines the start.
  var startsFromStates: Bool { get }

  /// Answers questions and reports the result of each step.
  ///
  /// The initial states, if there are any, are reported first, as step 0 of segment 0; then each
  /// step in order, for all questions side by side. No question halts early. Nothing is kept: the
  /// memory of a step is free once `watch` returns.
  ///
  /// - Throws: a `GymError` if the questions do not fit the agent, and any error of `watch`.
  func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void) throws
}

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

/// The result of one step of thinking, for a batch of questions.
public struct ProbedStep: Sendable, Hashable {
  /// A state that the step changed.
  public struct State: Sendable, Hashable {
    /// The name, the same in every step, such as `z_H`.
    public let name: String
    /// The number of values per position.
    public let width: Int
    /// [count, positions × width].
    public let values: [Float]

    /// - Precondition: the values form whole positions.
    public init(_ name: String, width: Int, values: [Float]) {
      precondition(width > 0 && values.count.isMultiple(of: width))
      (self.name, self.width, self.values) = (name, width, values)
    }
  }

  /// The segment, from 1; 0 for the initial states.
  public let segment: Int
  /// The step within the segment, from 1.
  public let step: Int
  /// The number of steps per segment.
  public let steps: Int
  /// The states that the step changed.
  public let states: [State]
  /// The current answers, [count, cells]; nil before the first step.
  public let answers: [UInt8]?

  /// A step of a segment with `steps` steps; segment 0 holds the initial states.
  public init(segment: Int, step: Int, of steps: Int, states: [State], answers: [UInt8]?) {
    (self.segment, self.step, self.steps) = (segment, step, steps)
    (self.states, self.answers) = (states, answers)
  }

  /// Whether this is the last step of its segment.
  public var endsSegment: Bool { segment > 0 && step == steps }
}
