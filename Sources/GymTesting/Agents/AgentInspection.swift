import Gym
import GymRandomness

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
    of agent: Subject, to questions: QuestionBatch, options: SolveOptions = SolveOptions()
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
      let beside = answers[index].answer ?? []
      same += zip(answer, beside).count { $0 == $1 }
      all += max(answer.count, beside.count)
    }
    // Sums in another order may decide a near tie differently, so a few cells may differ.
    log.expect(
      10 * same >= 9 * all, .batching,
      "asked alone, \(all - same) of \(all) cells are answered otherwise than side by side")
  }
}

extension AgentInspection {
  init(
    settings: Settings, context: AgentContext, seed: UInt64, log: FailureLog,
    make: @escaping (AgentContext) throws -> Subject
  ) {
    self.init(
      settings: settings, context: context, key: RandomKey(seed: seed, "conformance"), log: log,
      make: make)
  }

  /// Random questions.
  func questions(_ purpose: String, _ index: Int, count: Int) -> QuestionBatch {
    var random = RandomStream(key: key.deriving(purpose), stream: UInt64(index))
    let cells = context.grid.cells
    return QuestionBatch(
      cells: cells,
      questions: (0..<count * cells).map { _ in
        UInt8(random.integer(in: 1...context.vocabularyCount - 1))
      },
      identifiers: (0..<count).map { _ in Int32(random.below(context.puzzleIdentifiers)) })
  }

  /// The context with some values changed.
  func context(
    vocabulary: Int? = nil, identifiers: Int? = nil, seed: UInt64? = nil
  ) -> AgentContext {
    AgentContext(
      vocabularyCount: vocabulary ?? context.vocabularyCount, grid: context.grid,
      regions: context.regions, exchangeable: context.exchangeable, blank: context.blank,
      puzzleIdentifiers: identifiers ?? context.puzzleIdentifiers, batchSize: context.batchSize,
      plannedSteps: context.plannedSteps, seed: seed ?? context.seed, workers: context.workers)
  }
}

extension AgentInspection {
  /// An agent that claims it gives a renamed question the renamed answer.
  func inspectRenaming(_ agent: Subject) {
    guard agent.commutesWithRenaming, context.exchangeable.count > 1 else { return }
    let asked = questions("renaming", 0, count: 2 * context.batchSize)
    guard let answers = answers(of: agent, to: asked) else { return }
    var random = RandomStream(key: key.deriving("renaming"), stream: 1)
    for _ in 0..<3 {
      let names = renaming(using: &random)
      let renamed = QuestionBatch(
        cells: asked.cells, questions: asked.questions.map { names[Int($0)] },
        identifiers: asked.identifiers)
      guard let others = self.answers(of: agent, to: renamed) else { return }
      var (same, all) = (0, 0)
      for index in 0..<asked.count {
        // Tokens that a question lacks are told apart by nothing, so that ties between them are
        // broken by their order.
        let absent = Set(context.exchangeable).subtracting(renamed.question(index))
        let (before, after) = (answers[index].answer ?? [], others[index].answer ?? [])
        // A token outside the vocabulary, which is a failure of its own, has no name.
        for (token, other) in zip(before, after) where Int(token) < names.count {
          let isTie = absent.contains(names[Int(token)]) && absent.contains(other)
          same += names[Int(token)] == other || isTie ? 1 : 0
        }
        all += max(before.count, after.count)
      }
      // Sums in another order may decide a near tie differently, so a few cells may differ.
      log.expect(
        10 * same >= 9 * all, .renaming,
        "with tokens renamed, \(all - same) of \(all) cells are not answered by the renamed token")
    }
  }

  /// A random renaming of the exchangeable tokens: for each token, its new name.
  private func renaming(using random: inout RandomStream) -> [UInt8] {
    var names = (0..<context.vocabularyCount).map { UInt8($0) }
    for (token, name) in zip(context.exchangeable, random.shuffled(context.exchangeable)) {
      names[Int(token)] = name
    }
    return names
  }
}
