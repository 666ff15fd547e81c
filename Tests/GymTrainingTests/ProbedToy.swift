import Gym

/// An agent with known steps: two steps per segment, two states.
///
/// `line` grows by the row's number from 1 at every step, so that it moves along a line; `corners`
/// becomes one of four unit vectors at each second step. It is right from the segment on that the
/// first letter names, and stops there if it may; of its perturbed starts every second one ends in
/// a wrong answer.
final class ProbedToy: ProbedAgent {
  static let id = PluginID("probed", version: 1)
  static let summary = "An agent whose thinking is known."
  static let settings: [Setting] = []

  let startsFromStates: Bool
  /// The number of numbers that answers omit.
  let missing: Int
  private var perturbed = 0

  init(settings: Settings, context: AgentContext) {
    (startsFromStates, missing) = (true, 0)
  }

  init(startsFromStates: Bool = true, missing: Int = 0) {
    (self.startsFromStates, self.missing) = (startsFromStates, missing)
  }

  static func right(_ question: ArraySlice<UInt8>) -> [UInt8] { question.map { $0 % 4 + 1 } }

  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] {
    (0..<questions.count).map { row in
      let question = questions.question(row)
      let done = max(1, min(options.segments ?? 3, Int(question.first ?? 1)))
      return Prediction(answer: Self.right(question), segments: options.halts ? done : 1)
    }
  }

  func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void
  ) throws {
    let (count, segments) = (questions.count, options.segments ?? 3)
    func line(_ time: Int) -> ProbedStep.State {
      let values = (0..<count).flatMap { [Float](repeating: Float(time * ($0 + 1)), count: 6) }
      return ProbedStep.State("line", width: 2, values: values)
    }
    func corners(_ isMoved: Bool) -> ProbedStep.State {
      let values = (0..<count).flatMap { row in
        (0..<8).map { Float($0 % 4 == row % 4 && isMoved ? 1 : 0) }
      }
      return ProbedStep.State("corners", width: 4, values: values)
    }
    let isWrong = options.noise != nil && perturbed % 2 == 1
    if options.noise != nil { perturbed += 1 }
    if !options.isLastOnly {
      try watch(
        ProbedStep(segment: 0, step: 0, of: 2, states: [line(0), corners(false)], answers: nil))
    }
    for segment in 1...segments {
      for step in 1...2 {
        let isLast = segment == segments && step == 2
        guard isLast || !options.isLastOnly else { continue }
        let answers = (0..<count).flatMap { row -> [UInt8] in
          let question = questions.question(row)
          let isRight = segment >= Int(question[question.startIndex]) && !isWrong
          return isRight ? Self.right(question) : Array(question)
        }
        try watch(
          ProbedStep(
            segment: segment, step: step, of: 2,
            states: [line(2 * segment + step - 2)] + (step == 2 ? [corners(true)] : []),
            answers: Array(answers.dropLast(missing))))
      }
    }
  }
}
