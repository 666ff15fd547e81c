import Gym
import GymRandomness

/// A task that a small table can learn: the answer is each letter's successor.
struct ToyTask: Task, RatedTask {
  static let id = PluginID("successor", version: 1)
  static let summary = "Name the letter after each letter."
  static let settings: [Setting] = []

  let settings: Settings
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("-abcd")
  var grid = GridShape(rows: 2, columns: 3)
  let levels = [
    DifficultyLevel("easy", rating: 0...1), DifficultyLevel("hard", rating: 1.5...9),
  ]

  init(settings: Settings = Settings([])) {
    self.settings = settings
  }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    let question = (0..<grid.cells).map { _ in UInt8(random.integer(in: 1...4)) }
    return Example(question: question, answer: question.map { $0 % 4 + 1 })
  }

  func rating(of question: [UInt8]) -> Double? { nil }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    let findings = [Verdict.Finding("whole", answer.count == grid.cells)]
    let right = example.question.map { $0 % 4 + 1 }
    return answer == right
      ? .solved(findings) : .failed("a letter is not the next one", findings: findings)
  }
}
