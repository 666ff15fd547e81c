import Gym
import GymRandomness

/// A small task: the answer is each letter's successor.
struct Successor: Task, RatedTask {
  static let id = PluginID("successor", version: 1)
  static let summary = "Name the letter after each letter."
  static let settings: [Setting] = []

  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("-abcd")
  let grid = GridShape(rows: 2, columns: 3)
  let levels = [
    DifficultyLevel("easy", rating: 0...1), DifficultyLevel("hard", rating: 2...(.infinity)),
  ]

  init(settings: Settings = Settings([])) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    let question = (0..<grid.cells).map { _ in UInt8(random.integer(in: 1...4)) }
    return Example(
      question: question, answer: question.map { $0 % 4 + 1 },
      rating: Double(random.integer(in: 0...3)))
  }

  func rating(of question: [UInt8]) -> Double? { nil }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    let findings = [Verdict.Finding("whole", answer.count == grid.cells)]
    let right = example.question.map { $0 % 4 + 1 }
    let wrong = right.indices.filter { $0 >= answer.count || answer[$0] != right[$0] }
    return wrong.isEmpty && answer.count == grid.cells
      ? .solved(findings)
      : .failed("a letter is not the next one", cells: wrong, findings: findings)
  }
}
