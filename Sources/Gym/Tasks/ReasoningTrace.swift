/// The discrete states that a deterministic solver goes through, each as the cells of a grid.
public struct ReasoningTrace: Sendable, Hashable {
  /// How the solver reached a state.
  public enum Event: String, Sendable, Hashable, CaseIterable {
    /// The question itself.
    case question
    /// A consequence of the rules.
    case propagation
    /// A choice that may turn out wrong.
    case guess
    /// A choice that was taken back.
    case undo
    /// A step of a search frontier.
    case frontier
    /// The answer.
    case answer
  }

  /// One state.
  public struct Step: Sendable, Hashable {
    /// How the solver reached it.
    public let event: Event
    /// The grid's tokens in this state, one per cell, row by row.
    public let tokens: [UInt8]

    /// A state and how the solver reached it.
    public init(_ event: Event, _ tokens: [UInt8]) {
      self.event = event
      self.tokens = tokens
    }
  }

  /// The states in order: the question first, the answer last.
  public let steps: [Step]

  /// A trace from its states, in order.
  public init(_ steps: [Step]) {
    self.steps = steps
  }
}
