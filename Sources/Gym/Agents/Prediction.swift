/// Questions of one task, side by side.
public struct QuestionBatch: Sendable, Hashable {
  /// The number of cells per question.
  public let cells: Int
  /// The questions' tokens, [count, cells].
  public let questions: [UInt8]
  /// The puzzle identifier of each question, [count].
  public let identifiers: [Int32]
  /// The solved examples that explain each question (ARC), each [cells]: [count], or empty if
  /// the puzzles have none or the agent did not ask for them (`Agent.readsDemonstrations`).
  public let demonstrations: [[Example]]

  /// - Precondition: the counts agree; there are demonstrations for each question or none at all.
  public init(
    cells: Int, questions: [UInt8], identifiers: [Int32], demonstrations: [[Example]] = []
  ) {
    precondition(cells > 0 && questions.count == identifiers.count * cells)
    precondition(demonstrations.isEmpty || demonstrations.count == identifiers.count)
    self.cells = cells
    self.questions = questions
    self.identifiers = identifiers
    self.demonstrations = demonstrations
  }

  /// The number of questions.
  public var count: Int { identifiers.count }

  /// The tokens of one question.
  public func question(_ index: Int) -> ArraySlice<UInt8> {
    questions[index * cells..<(index + 1) * cells]
  }
}

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

/// An agent's answer to one question.
public struct Prediction: Sendable, Hashable {
  /// The answer's tokens, one per cell; nil if the agent gave none.
  public var answer: [UInt8]?
  /// How sure the agent is, from 0 to 1; nil if it does not say.
  public var confidence: Double?
  /// The number of segments (outer steps) used.
  public var segments: Int
  /// The answer after each segment; empty unless `SolveOptions.keepsThoughts` is set.
  public var thoughts: [[UInt8]]
  /// Why there is no answer.
  public var failure: String?
  /// The cost of the answer.
  public var cost: ComputeCost

  /// An answer, or nil with the reason as `failure`.
  public init(
    answer: [UInt8]?, confidence: Double? = nil, segments: Int = 1, thoughts: [[UInt8]] = [],
    failure: String? = nil, cost: ComputeCost = ComputeCost()
  ) {
    self.answer = answer
    self.confidence = confidence
    self.segments = segments
    self.thoughts = thoughts
    self.failure = failure
    self.cost = cost
  }
}

/// The compute that an agent used: counted, never timed, so that it is the same on every machine.
///
/// All members are sums, so the costs of several steps or puzzles can be added.
public struct ComputeCost: Sendable, Hashable {
  /// Floating-point operations, counted from the shapes: two per multiply-add of the matrix
  /// products. The optimizer's own are not counted.
  public var flops: Double
  /// Forward passes of the agent's network, or calls of its process.
  public var passes: Int
  /// Thought tokens: the text that a language model writes before its answer.
  public var tokens: Int

  /// A cost; every member is 0 by default.
  public init(flops: Double = 0, passes: Int = 0, tokens: Int = 0) {
    self.flops = flops
    self.passes = passes
    self.tokens = tokens
  }

  /// The sum of two costs.
  public static func + (a: ComputeCost, b: ComputeCost) -> ComputeCost {
    ComputeCost(flops: a.flops + b.flops, passes: a.passes + b.passes, tokens: a.tokens + b.tokens)
  }

  /// Adds a cost to this one.
  public static func += (a: inout ComputeCost, b: ComputeCost) { a = a + b }
}
