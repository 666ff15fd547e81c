import Gym

/// An agent whose answers a closure decides; each costs one pass, and one operation per segment.
final class RuledAgent: Agent {
  static let id = PluginID("ruled", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  private let answer: ([UInt8], Int) -> Prediction
  /// Whether it keeps its thoughts on request.
  var shows = true
  var readsIdentifiers = true
  /// The number of questions that it was asked.
  private(set) var asked = 0

  init(_ answer: @escaping ([UInt8]) -> Prediction) {
    self.answer = { question, _ in answer(question) }
  }

  /// An agent whose answers depend on the number of segments.
  init(bySegments answer: @escaping ([UInt8], Int) -> Prediction) {
    self.answer = answer
  }

  init(settings: Settings, context: AgentContext) {
    answer = { question, _ in Prediction(answer: question) }
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] {
    asked += questions.count
    return (0..<questions.count).map { index in
      let question = Array(questions.question(index))
      let segments = options.segments ?? 1
      var prediction = answer(question, segments)
      prediction.segments = segments
      prediction.cost = ComputeCost(flops: Double(segments), passes: 1, tokens: 2)
      if options.keepsThoughts, shows {
        prediction.thoughts = (1...segments).map { answer(question, $0).answer ?? question }
      }
      return prediction
    }
  }

  /// The right answer to a toy question.
  static func right(_ question: [UInt8]) -> [UInt8] { question.map { $0 % 4 + 1 } }
}
