import Gym
import GymExternal
import GymRandomness

/// A toy task of letters, four by default, to describe to processes; there are no
/// puzzles of it.
struct Letters: Task {
  static let id = PluginID("letters", version: 3)
  static let summary = "say it aloud"
  static let settings = Setting.list(
    Setting.integer("size", "letters", default: 4, in: 4...4))

  let settings: Settings
  let rules = "say each letter louder"
  let legend = [LegendEntry("abcd", "a letter"), LegendEntry("ABCD", "a loud one")]
  var vocabulary = Vocabulary("_abcdABCD")
  var grid = GridShape(rows: 2, columns: 2)

  init(settings: Settings) throws { self.settings = settings }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) throws -> Example {
    throw GymError("there are no such puzzles")
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .failed("who knows") }

  static var task: Letters {
    get throws { try Letters(settings: Settings(settings)) }
  }

  /// Questions, from their texts.
  static func questions(_ texts: [String]) throws -> QuestionBatch {
    let tokens = try texts.flatMap { try task.vocabulary.tokens($0) }
    return QuestionBatch(
      cells: 4, questions: tokens, identifiers: texts.map { _ in 0 })
  }

  /// An agent made from a command.
  static func agent(_ command: String, _ values: [String: String] = [:]) throws -> ExternalAgent {
    var settings = Settings(ExternalAgent.settings)
    try settings.set("start-seconds", to: "20")
    for (name, value) in values { try settings.set(name, to: value) }
    return try ExternalAgent(
      command: command, task: TaskDescription(task), settings: settings,
      context: AgentContext(
        vocabularyCount: 9, grid: GridShape(rows: 2, columns: 2), batchSize: 8, seed: 1, workers: 1)
    )
  }

  /// An agent's answers as texts; nil for none.
  static func answers(_ predictions: [Prediction]) throws -> [String?] {
    let vocabulary = try task.vocabulary
    return predictions.map { $0.answer.map(vocabulary.text) }
  }
}
