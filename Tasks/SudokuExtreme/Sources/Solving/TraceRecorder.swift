import Gym

/// Solves a board as a person would do it on paper: all singles, then a guess at the first cell
/// with the fewest candidates, taken back if it leads nowhere.
struct TraceRecorder {
  private(set) var steps: [ReasoningTrace.Step]
  private let task: SudokuExtreme
  private var guesses = 0

  /// The number of guesses after which recording gives up: a longer trace is useless.
  private static let guessLimit = 10_000

  /// A recorder at the question's first step.
  init(_ question: [UInt8], task: SudokuExtreme) {
    self.task = task
    steps = [.init(.question, question)]
  }

  /// Records everything up to the answer; false if none was found.
  mutating func record(_ clues: [UInt8]) -> Bool {
    var state = BoardState(geometry: task.geometry)
    state.keep(clues)
    guard settle(&state), search(&state) else { return false }
    steps.append(.init(.answer, steps[steps.count - 1].tokens))
    return true
  }

  private mutating func search(_ state: inout BoardState) -> Bool {
    while let cell = state.cellWithFewestCandidates() {
      guard guesses < Self.guessLimit else { return false }
      guesses += 1
      let value = state.lowestCandidate(of: cell)
      var attempt = state
      attempt.keep(value, at: cell)
      append(.guess, attempt)
      if settle(&attempt), search(&attempt) { return true }
      append(.undo, state)
      state.remove(value, at: cell)
      guard settle(&state) else { return false }
    }
    return true
  }

  /// Draws conclusions round by round, and records each round that fills cells.
  private mutating func settle(_ state: inout BoardState) -> Bool {
    while let changed = state.advance() {
      if !changed { return true }
      if task.tokens(state.values) != steps[steps.count - 1].tokens { append(.propagation, state) }
    }
    return false
  }

  private mutating func append(_ event: ReasoningTrace.Event, _ state: BoardState) {
    steps.append(.init(event, task.tokens(state.values)))
  }
}
