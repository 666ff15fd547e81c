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
