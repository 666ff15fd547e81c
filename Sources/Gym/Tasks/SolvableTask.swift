/// A task whose questions differ in difficulty.
public protocol RatedTask: TaskAbility {
  /// Named intervals of the rating, easiest first; empty if there are none.
  var levels: [DifficultyLevel] { get }

  /// How hard a question is, in the task's own unit (Sudoku: number of guesses); nil if it cannot
  /// be computed from the question, or if this is not a question.
  func rating(of question: [UInt8]) -> Double?
}

/// A task with a solver.
public protocol SolvableTask: TaskAbility {
  /// Whether a valid question may have several right answers (a maze has several shortest paths).
  /// If false, a question with more than one solution is rejected as faulty.
  var allowsSeveralAnswers: Bool { get }

  /// Solves a question by the rules alone; `.unsupported` if it turns out that this value of the
  /// task cannot. Throws only if the solver itself failed, such as a process that crashed.
  func solve(_ question: [UInt8]) throws -> Solution
}

/// A task that can show the way to an answer.
public protocol TracingTask: TaskAbility {
  /// The states that a deterministic solver passes through, from the question to the answer; nil if
  /// it finds no answer.
  func trace(of question: [UInt8]) -> ReasoningTrace?
}

/// A task that counts things in its questions.
public protocol CountingTask: TaskAbility {
  /// Counts of which a dataset's manifest keeps histograms (maze: the number of shortest paths),
  /// always under the same names.
  func counts(of question: [UInt8]) -> [String: UInt64]
}

/// A task whose asked cells do not follow from the label.
public protocol AskedCellsTask: TaskAbility {
  /// The cells of an answer that decide whether it is right. (ARC: those of the grid, without the
  /// border that ends it.)
  func askedCells(of example: Example) -> [Int]
}
