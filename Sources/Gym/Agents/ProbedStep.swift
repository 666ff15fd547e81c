/// What a step of thinking gave, for a batch of questions.
public struct ProbedStep: Sendable, Hashable {
  /// A state that the step changed.
  public struct State: Sendable, Hashable {
    /// The same name in every step, such as `z_H`.
    public let name: String
    /// The numbers of a position.
    public let width: Int
    /// [count, positions × width].
    public let values: [Float]

    /// - Precondition: the values are whole positions.
    public init(_ name: String, width: Int, values: [Float]) {
      precondition(width > 0 && values.count.isMultiple(of: width))
      (self.name, self.width, self.values) = (name, width, values)
    }
  }

  /// The segment, from 1; 0 for what thinking begins from.
  public let segment: Int
  /// The step within the segment, from 1.
  public let step: Int
  /// The steps of each segment.
  public let steps: Int
  /// The states that the step changed.
  public let states: [State]
  /// The answers as they now stand, [count, cells]; nil before the first step.
  public let answers: [UInt8]?

  /// A step of a segment of `steps`; segment 0 is what thinking begins from.
  public init(segment: Int, step: Int, of steps: Int, states: [State], answers: [UInt8]?) {
    (self.segment, self.step, self.steps) = (segment, step, steps)
    (self.states, self.answers) = (states, answers)
  }

  /// Whether the segment is over.
  public var endsSegment: Bool { segment > 0 && step == steps }
}
