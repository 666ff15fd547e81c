import Gym
import Randomness

/// One variant of an agent under inspection.
struct AgentInspection<Subject: Agent> {
  let settings: Settings
  let context: AgentContext
  let key: RandomKey
  let log: FailureLog
  /// Makes an agent for a context.
  let make: (AgentContext) throws -> Subject

  init(
    settings: Settings, context: AgentContext, key: RandomKey, log: FailureLog,
    make: @escaping (AgentContext) throws -> Subject
  ) {
    self.settings = settings
    self.context = context
    self.key = key
    self.log = log
    self.make = make
  }

  /// Checks what every agent promises.
  func run() {
    guard let agent = log.making(.construction, { try make(context) }),
      let twin = log.making(.construction, { try make(context) })
    else { return }
    log.expect(
      agent.parameterCount >= 0, .construction, "it has \(agent.parameterCount) parameters")
    for count in [1, context.batchSize, 2 * context.batchSize + 1, 0] {
      let questions = questions("solve", count, count: count)
      guard let predictions = answers(of: agent, to: questions) else { return }
      log.expect(
        answers(of: twin, to: questions) == predictions, .repeatability,
        "two agents with the same seed answer \(count) questions differently")
    }
    inspectThoughts(agent)
    inspectNeighbors(agent)
    inspectRenaming(agent)
  }

  /// The predictions for questions; checks that they are well formed.
  func answers(
    of agent: Subject, to questions: QuestionBatch, options: SolveOptions = SolveOptions(),

  ) -> [Prediction]? {
    guard let found = log.making(.prediction, { try agent.solve(questions, options: options) })
    else { return nil }
    guard found.count == questions.count else {
      log.fail(.prediction, "\(found.count) predictions for \(questions.count) questions")
      return nil
    }
    for prediction in found {
      for tokens in [prediction.answer].compactMap({ $0 }) + prediction.thoughts {
        log.expect(
          tokens.count == questions.cells, .prediction,
          "an answer has \(tokens.count) tokens for \(questions.cells) cells")
        log.expect(
          tokens.allSatisfy { Int($0) < context.vocabularyCount }, .prediction,
          "an answer holds the token \(tokens.max() ?? 0) of \(context.vocabularyCount)")
      }
      log.expect(
        prediction.answer != nil || prediction.failure != nil, .prediction,
        "there is neither an answer nor a reason why not")
      if let confidence = prediction.confidence {
        log.expect(
          (0...1).contains(confidence), .prediction, "the confidence is \(confidence)")
      }
    }
    return found
  }

  private func inspectThoughts(_ agent: Subject) {
    let questions = questions("thoughts", 0, count: 3)
    let options = SolveOptions(segments: 2, keepsThoughts: true)
    for prediction in answers(of: agent, to: questions, options: options) ?? []
    where !prediction.thoughts.isEmpty {
      log.expect(
        prediction.thoughts.count == prediction.segments, .thoughts,
        "\(prediction.thoughts.count) thoughts of \(prediction.segments) segments are kept")
      log.expect(
        prediction.thoughts.last == prediction.answer, .thoughts,
        "the last thought is not the answer")
    }
    for prediction in answers(of: agent, to: questions) ?? [] {
      log.expect(
        prediction.thoughts.isEmpty, .thoughts, "thoughts are kept that nobody asked for")
    }
  }

  private func inspectNeighbors(_ agent: Subject) {
    let together = questions("neighbours", 0, count: context.batchSize)
    guard let answers = answers(of: agent, to: together) else { return }
    var (same, all) = (0, 0)
    for index in 0..<together.count {
      let alone = QuestionBatch(
        cells: together.cells, questions: Array(together.question(index)),
        identifiers: [together.identifiers[index]])
      let answer = self.answers(of: agent, to: alone)?.first?.answer ?? []
      same += zip(answer, answers[index].answer ?? []).count { $0 == $1 }
      all += answers[index].answer?.count ?? 0
    }
    // Sums in another order may decide a near tie differently, so a few cells may differ.
    log.expect(
      10 * same >= 9 * all, .batching,
      "asked alone, \(all - same) of \(all) cells are answered otherwise than side by side")
  }
}
