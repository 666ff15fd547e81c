import Gym
import GymRandomness

/// One variant of a task under inspection.
struct TaskInspection<Subject: Task> {
  let task: Subject
  let effort: ConformanceEffort
  let key: RandomKey
  let log: FailureLog
  /// Generated examples that have kept the contract so far.
  var examples: [Example] = []

  init(task: Subject, effort: ConformanceEffort, seed: UInt64, log: FailureLog) {
    self.task = task
    self.effort = effort
    self.log = log
    key = RandomKey(seed: seed, "conformance")
  }

  /// Runs all checks. Checks that depend on a broken one are skipped.
  ///
  /// - Throws: what `verify` or `solve` throws, which ends the inspection.
  mutating func run() throws {
    guard inspectVocabulary() else { return }
    inspectLegend()
    inspectGeneration()
    guard !examples.isEmpty, symmetriesFit() else { return }
    try inspectPuzzles()
    try inspectAnswers()
    try inspectSolver()
    try inspectRules()
    try inspectClues()
    try inspectExchangeableTokens()
    inspectRatings()
    inspectLevels()
    if inspectSymmetries() {
      try inspectInvariance()
      inspectCanonicalForms()
      try inspectAugmentations()
    }
    try inspectTraces()
    inspectDrawings()
    inspectLoading()
    inspectDamagedFiles()
  }

  /// The random stream for a purpose.
  func stream(_ purpose: String, _ index: Int = 0) -> RandomStream {
    RandomStream(key: key.deriving(purpose), stream: UInt64(index))
  }

  /// Tokens for a message.
  func show(_ tokens: [UInt8]) -> String {
    let text = task.vocabulary.text(Array(tokens.prefix(48)))
    return "\"\(text)\(tokens.count > 48 ? "…" : "")\""
  }

  /// The cells of an example that an answer must fill.
  func askedCells(_ example: Example) -> [Int] {
    task.askedCells(of: example)
  }

  /// Whether an answer equals the label in the cells that are asked.
  func agrees(_ answer: [UInt8], with example: Example) -> Bool {
    answer.count == example.answer.count
      && askedCells(example).allSatisfy { answer[$0] == example.answer[$0] }
  }

  /// Why tokens cannot be a question or an answer; nil if they can.
  func problem(with tokens: [UInt8]) -> (ConformanceFailure.Check, String)? {
    if tokens.count != task.grid.cells {
      return (.shape, "\(tokens.count) tokens for \(task.grid) = \(task.grid.cells) cells")
    }
    if let cell = tokens.firstIndex(where: { !task.vocabulary.contains($0) }) {
      return (.tokens, "cell \(cell) holds \(tokens[cell]) of \(task.vocabulary.count) tokens")
    }
    if tokens.allSatisfy({ $0 == Vocabulary.padding }) {
      return (.padding, "every cell is padding")
    }
    return nil
  }
}
