import Gym

/// What was seen while an agent thought.
public struct ProbeReport: Sendable, Hashable {
  /// A state of the agent.
  public struct State: Sendable, Hashable {
    /// Its name, such as `z_H`.
    public let name: String
    /// The numbers of a position.
    public let width: Int
    /// The participation ratio of the state at the end, over puzzles; each puzzle's state is
    /// averaged over its positions, so that it is at most `width`. Nil if nothing varies.
    public let participation: Double?
  }

  /// A puzzle with what the agent made of it.
  public struct Board: Sendable, Hashable {
    /// The puzzle with its label.
    public let example: Example
    /// The answer after each segment.
    public internal(set) var thoughts: [[UInt8]] = []
  }

  /// The number of puzzles.
  public let puzzles: Int
  /// Every step that was watched, in order.
  public let steps: [StepMeasure]
  /// Every state that a step changed.
  public let states: [State]
  /// Whether it can fill a single blank.
  public let oneBlank: OneBlank
  /// Nil if thinking does not begin from states, or no starts were asked for.
  public let fixedPoints: FixedPoints?
  /// The first puzzles, as many as were asked for.
  public let boards: [Board]

  /// The last step of each segment.
  public var segments: [StepMeasure] { steps.filter(\.endsSegment) }

  /// The last residual of a state within a segment.
  public func residual(of state: String, in segment: Int) -> Double? {
    steps.last { $0.segment == segment && $0.residual(of: state) != nil }?.residual(of: state)
  }
}
