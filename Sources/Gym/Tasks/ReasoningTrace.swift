/// The discrete states that a deterministic solver goes through, each as the cells of a grid.
public struct ReasoningTrace: Sendable, Hashable {
  /// What the solver did to reach a state.
  public enum Event: String, Sendable, Hashable, CaseIterable {
    /// The question itself.
    case question
    /// A consequence of the rules.
    case propagation
    /// A choice that may turn out wrong.
    case guess
    /// A choice taken back.
    case undo
    /// A search that reached further.
    case frontier
    /// The answer.
    case answer
  }

  /// One state.
  public struct Step: Sendable, Hashable {
    /// How the solver came to it.
    public let event: Event
    /// The grid's tokens then, one a cell, row after row.
    public let tokens: [UInt8]

    /// A state and how the solver came to it.
    public init(_ event: Event, _ tokens: [UInt8]) {
      self.event = event
      self.tokens = tokens
    }
  }

  /// The states in order: the question first, the answer last.
  public let steps: [Step]

  /// A trace of states in their order.
  public init(_ steps: [Step]) {
    self.steps = steps
  }
}
