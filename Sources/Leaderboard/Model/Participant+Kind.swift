extension Participant {
  /// How an agent comes by its answers, which decides whom it can be compared with.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It learned from examples, or nothing else is known of it.
    case learner
    /// It was given the task's rules, as a solver is.
    case rules
    /// It was trained, and counts no operation of learning or solving: it counts or guesses.
    case guesser

    /// Whether it stands beside the others as a line to compare them with, not as one of them.
    public var isReference: Bool { self != .learner }
  }

  /// The kind of the agent, by the rules that it was given and the costs that were counted.
  public var kind: Kind {
    if usesRules { return .rules }
    return usage.trainingFlops == 0 && (usage.flops ?? 0) == 0 ? .guesser : .learner
  }
}
