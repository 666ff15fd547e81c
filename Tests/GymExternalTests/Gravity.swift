import Gym
import GymExternal
import GymRandomness

/// The example of a task in Python, as the conformance suite makes tasks: by its type.
struct Gravity: Task, RatedTask, SolvableTask, DrawnTask {
  static let id = PluginID("gravity", version: 1)
  static let summary = "let the stones fall to the bottom of their columns"
  static let size = Setting.integer("size", "rows and columns", default: 5, in: 2...16)
  static let settings = Setting.list(size)

  let settings: Settings
  let task: ExternalTask

  init(settings: Settings) throws {
    self.settings = settings
    task = try ExternalTask(command: Python.example("task_gravity.py")) {
      try $0.set(settings.json)
    }
  }

  var vocabulary: Vocabulary { task.vocabulary }
  var grid: GridShape { task.grid }
  var rules: String { task.rules }
  var legend: [LegendEntry] { task.legend }
  var levels: [DifficultyLevel] { task.levels }
  var allowsSeveralAnswers: Bool { task.allowsSeveralAnswers }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) throws -> Example {
    try task.generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) throws -> Verdict {
    try task.verify(answer, for: example)
  }

  func rating(of question: [UInt8]) -> Double? { nil }

  func solve(_ question: [UInt8]) throws -> Solution { try task.solve(question) }

  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    task.draw(question, answer: answer)
  }
}
