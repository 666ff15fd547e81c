import Gym

/// The observations of an agent while it thought.
public struct ProbeReport: Sendable, Hashable {
  /// A state of the agent.
  public struct State: Sendable, Hashable {
    /// Its name, such as `z_H`.
    public let name: String
    /// The number of values per position.
    public let width: Int
    /// The participation ratio of the final state over puzzles; each puzzle's state is averaged
    /// over its positions, so it is at most `width`. Nil if nothing varies.
    public let participation: Double?
  }

  /// A puzzle with the agent's answers.
  public struct Board: Sendable, Hashable {
    /// The puzzle with its label.
    public let example: Example
    /// The answer after each segment.
    public internal(set) var thoughts: [[UInt8]] = []
    /// The verdict on the last of them; nil if there is none.
    public internal(set) var verdict: Verdict?
  }

  /// The ways of some puzzles through a state's space, on the plane that shows most of them.
  public struct Paths: Sendable, Hashable {
    /// The state's name.
    public let name: String
    /// For each puzzle its place after each segment.
    public let places: [[PrincipalPlane.Place]]
    /// The share of the variance that lies in the plane.
    public let share: Double
  }

  /// The cells that a segment corrected and spoiled, over all puzzles, compared with the labels.
  public struct Change: Sendable, Hashable {
    /// The segment, from 2.
    public let segment: Int
    /// The cells that became right, and those that became wrong.
    public internal(set) var fixed, broken: Int
  }

  /// The puzzles on which the agent stopped by itself after a segment.
  public struct Halt: Sendable, Hashable {
    /// The segment, from 1.
    public let segment: Int
    /// The puzzles that stopped there, and those of them whose answer was right then.
    public internal(set) var puzzles, solved: Int
  }

  /// The number of puzzles.
  public let puzzles: Int
  /// Every observed step, in order.
  public let steps: [StepMeasure]
  /// Every state that a step changed.
  public let states: [State]
  /// Whether the agent can fill a single blank.
  public let oneBlank: OneBlank
  /// Nil if thinking does not start from latent states, or no starts were requested.
  public let fixedPoints: FixedPoints?
  /// The first puzzles, as many as requested.
  public let boards: [Board]

  /// The ways of the first puzzles through each state's space; empty if fewer than two segments
  /// were seen.
  public let paths: [Paths]
  /// The cells that each segment but the first corrected and spoiled.
  public let changes: [Change]
  /// After how many segments it stopped if it could, by segment; only those with puzzles.
  public let halts: [Halt]

  /// The last step of each segment.
  public var segments: [StepMeasure] { steps.filter(\.endsSegment) }

  /// The last residual of a state within a segment.
  public func residual(of state: String, in segment: Int) -> Double? {
    steps.last { $0.segment == segment && $0.residual(of: state) != nil }?.residual(of: state)
  }
}
