import Gym
import Randomness

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

  /// A batch to learn from: the label of each token is the next one of the vocabulary.
  func trainingBatch(_ index: Int) -> TrainingBatch {
    let questions = questions("learn", index, count: context.batchSize)
    let labels = questions.questions.map { token in
      UInt8(Int(token) % (context.vocabularyCount - 1) + 1)
    }
    return TrainingBatch(questions: questions, labels: labels)
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
