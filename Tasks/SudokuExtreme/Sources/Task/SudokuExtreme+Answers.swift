import Gym

extension SudokuExtreme {
  /// Judges an answer by the rules alone: it keeps the clues, and each row, column and box contains
  /// every digit once. If a question has several solutions, each of them is right.
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == grid.cells else {
      return verdict(
        "the answer has \(answer.count) cells instead of \(grid.cells)", complete: false)
    }
    guard example.question.count == grid.cells else {
      return verdict(
        "the question has \(example.question.count) cells instead of \(grid.cells)",
        complete: false)
    }
    let values = lenientValues(answer)
    let clues = lenientValues(example.question)
    let empty = values.indices.filter { values[$0] == 0 }
    let changed = clues.indices.filter { clues[$0] != 0 && clues[$0] != values[$0] }
    let violation = geometry.firstRepeat(in: values)

    let problem: String?
    let cells: [Int]
    if let cell = changed.first {
      let digit = Self.digits[Int(clues[cell]) - 1]
      problem = "\(geometry.name(ofCell: cell)) does not keep the clue \(digit)"
      cells = changed
    } else if let violation {
      problem = violation.text
      cells = violation.cells
    } else {
      problem = empty.first.map { "\(geometry.name(ofCell: $0)) holds no digit" }
      cells = empty
    }
    return verdict(
      problem, cells: cells, complete: empty.isEmpty, kept: changed.isEmpty,
      valid: empty.isEmpty && violation == nil)
  }

  private func verdict(
    _ problem: String?, cells: [Int] = [], complete: Bool, kept: Bool = false, valid: Bool = false
  ) -> Verdict {
    let findings: [Verdict.Finding] = [
      .init("complete", complete), .init("clues-kept", kept), .init("valid", valid),
    ]
    return problem.map { .failed($0, cells: cells, findings: findings) } ?? .solved(findings)
  }
}

extension SudokuExtreme: SolvableTask {
  public var allowsSeveralAnswers: Bool { false }

  /// The number of guesses after which solving gives up on boards whose search may take forever.
  static let guessLimit = 10_000_000

  public func solve(_ question: [UInt8]) -> Solution {
    let values: [UInt8]
    do { values = try checkedValues(of: question) } catch { return .invalid(error.description) }
    let outcome = solver.solutions(of: values, limit: 2, guessLimit: Self.guessLimit)
    switch outcome.count {
    case 2...: return .several(tokens(outcome.answer))
    case _ where outcome.isExhausted:
      return .invalid("not decided within \(Self.guessLimit) guesses")
    case 1: return .unique(tokens(outcome.answer))
    default:
      // A board that violates the rules has no solution either, so this is checked only here.
      return geometry.firstRepeat(in: values).map { .invalid("\($0.text) in the question") }
        ?? .none
    }
  }
}

extension SudokuExtreme: TracingTask {
  /// The boards of a simple solver: after each round of naked and hidden singles, after each guess,
  /// and after each guess taken back. Nil if it finds no answer.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let clues = try? clueValues(of: question) else { return nil }
    var recorder = TraceRecorder(question, task: self)
    return recorder.record(clues) ? ReasoningTrace(recorder.steps) : nil
  }
}

extension SudokuExtreme: RatedTask {
  public var levels: [DifficultyLevel] {
    let all = [
      DifficultyLevel("easy", rating: 0...0.5),
      DifficultyLevel("medium", rating: 0.5...3),
      DifficultyLevel("hard", rating: 3...10),
      DifficultyLevel("very-hard", rating: 10...20),
      DifficultyLevel("extreme", rating: 20...1000),
    ]
    // All 4×4 puzzles are easy; minimal ones of 16×16 are beyond all levels.
    return Array(all.prefix([4: 1, 6: 2, 9: all.count][geometry.size] ?? 0))
  }

  /// The number of guesses that the solver needs to find the answer and to prove that it is unique,
  /// averaged over random symmetric copies that the question itself determines.
  ///
  /// On 4×4 and 6×6 boards, symmetric questions have the same rating. On larger ones, for which a
  /// canonical form would take too long, their ratings vary as much as a mean over a few copies
  /// does. Nil for anything but a puzzle with a unique solution.
  public func rating(of question: [UInt8]) -> Double? {
    guard let values = try? clueValues(of: question) else { return nil }
    return rating(ofClues: values, permutations: ratingPermutations)
  }

  /// The rating from a number of copies; nil if the solution is not unique.
  func rating(ofClues clues: [UInt8], permutations: Int) -> Double? {
    var copies = RatingCopies(of: clues, solver: solver)
    var guesses = 0
    for _ in 0..<permutations {
      guard let count = copies.nextGuesses(limit: Self.guessLimit) else { return nil }
      guesses += count
    }
    return Double(guesses) / Double(permutations)
  }
}

/// Random symmetric copies of a question, determined by the question itself, one by one, each with
/// the number of guesses that the solver needs for it.
struct RatingCopies {
  private let clues: [UInt8]
  private let solver: Solver
  private var random: RandomStream

  init(of clues: [UInt8], solver: Solver) {
    self.solver = solver
    self.clues =
      solver.geometry.size < 9
      ? CanonicalSearch(clues, geometry: solver.geometry).leastBoard() : clues
    var key = RandomKey(seed: 0, "sudoku rating")
    for start in stride(from: 0, to: self.clues.count, by: 16) {
      let part = self.clues[start..<min(start + 16, self.clues.count)]
      key = key.deriving(part.reduce(0) { $0 << 4 ^ UInt64($1) })
    }
    random = RandomStream(key: key, stream: 0)
  }

  /// The number of guesses for the next copy; nil if the solution is not unique, or the search
  /// gives up.
  mutating func nextGuesses(limit: Int) -> Int? {
    let copy = BoardPermutation(of: solver.geometry, using: &random).applied(to: clues)
    let outcome = solver.solutions(of: copy, limit: 2, guessLimit: limit, keepsAnswer: false)
    return outcome.count == 1 && !outcome.isExhausted ? outcome.guesses : nil
  }
}
