import Gym
import GymDatasets
import GymRandomness

/// The sequence of batches that a run trains on: sampled, read from the split, and prepared for the
/// agent.
public struct TrainingBatches: Sendable {
  private let split: DatasetSplit
  private let preparation: BatchPreparation?
  private let key: RandomKey
  private var sampler: BatchSampler

  /// The batches starting from a state.
  ///
  /// - Precondition: the batch size is positive, the state not negative.
  public init(
    _ split: DatasetSplit, batchSize: Int, seed: UInt64, state: SamplerState = SamplerState(),
    preparation: BatchPreparation? = nil
  ) {
    self.split = split
    self.preparation = preparation
    key = RandomKey(seed: seed, "augmentation")
    sampler = BatchSampler(
      split, groups: preparation?.groups, batchSize: batchSize, seed: seed, state: state)
  }

  /// The position of the next batch.
  public var state: SamplerState { sampler.state }

  /// The next batch, with the share of the training budget used before it.
  ///
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public mutating func next(progress: Double = 0) throws -> TrainingBatch {
    let draws = sampler.draw()
    let read = try split.batch(draws.map(\.example))
    let batch = TrainingBatch(questions: read.questions, labels: read.labels, progress: progress)
    return try preparation?.prepared(batch, draws, key: key) ?? batch
  }
}

/// How the sampled examples are prepared for an agent: with reasoning traces, with their puzzle's
/// demonstrations, as new symmetric copies, with extra clues.
public struct BatchPreparation: Sendable {
  private let task: any Task
  private let symmetric: (any SymmetricTask)?
  private let clueTokens: ClueTokens?
  private let addsTraces: Bool
  private let augmentation: TrainingAugmentation
  private let demonstrations: PuzzleDemonstrations?
  /// The groups to draw from; nil for all.
  let groups: [Int]?

  /// The preparation that an agent requires; nil if it takes examples unchanged.
  ///
  /// - Throws: a `GymError` if the task is unknown, or does not support what the agent requires, or
  ///   if the agent learns from demonstrations and the dataset has none.
  public init?(
    for agent: any LearningAgent, _ split: DatasetSplit, of data: Dataset, task: (any Task)?
  ) throws {
    (addsTraces, augmentation) = (type(of: agent).learnsFromTraces, agent.augmentation)
    let addsDemonstrations = agent.learnsFromDemonstrations
    guard addsTraces || addsDemonstrations || !augmentation.isNone else { return nil }
    let id = type(of: agent).id
    guard let task else {
      throw GymError(
        addsTraces
          ? "\(id) learns from reasoning traces, and the task that has them is not known"
          : addsDemonstrations
            ? "\(id) learns from demonstrations, and the task that has them is not known"
            : "\(id) wants its examples varied, and the task that knows how is not known",
        at: split.url.path, remedy: "Name it by --task")
    }
    let aboutTraces = agent.settingsOfTraces.joined(separator: ", ")
    guard aboutTraces.isEmpty || task is any TracingTask else {
      throw GymError(
        "\(aboutTraces) is set for learning from traces, and \(task.id) has no reasoning traces",
        at: split.url.path, remedy: "Leave \(aboutTraces) at its default")
    }
    demonstrations =
      addsDemonstrations ? PuzzleDemonstrations(data, for: split, of: task) : nil
    guard demonstrations?.isEmpty != true else {
      throw GymError(
        "\(id) learns from demonstrations, and no puzzle has any", at: split.url.path,
        remedy: "Set demonstrations to 0")
    }
    groups = try addsDemonstrations ? split.groupsWithQuestions() : nil
    if augmentation.drawsFreshSymmetry, split.identifierCount > 1, !addsDemonstrations,
      agent.readsIdentifiers
    {
      throw GymError(
        "fresh-symmetry would change what a puzzle's identifier stands for", at: split.url.path,
        remedy: "Set fresh-symmetry to false; the dataset's variants have identifiers of their own")
    }
    (self.task, symmetric) = (task, task as? any SymmetricTask)
    if augmentation.drawsFreshSymmetry, symmetric == nil {
      throw GymError(
        "fresh-symmetry is true, and \(task.id) has no symmetries", at: split.url.path,
        remedy: "Set fresh-symmetry to false")
    }
    clueTokens = task.clueTokens
    if augmentation.revealed.values.contains(where: { $0 > 0 }), clueTokens == nil {
      throw GymError(
        "reveal is \(augmentation.revealed), and \(task.id) has no blanks to fill in",
        at: split.url.path, remedy: "Set reveal to 0")
    }
  }

  /// A batch of examples, the i-th of which was drawn in an epoch.
  ///
  /// All randomness is a function of the key, the epoch and the example only.
  func prepared(
    _ batch: TrainingBatch, _ draws: [SampledExample], key: RandomKey
  ) throws -> TrainingBatch {
    let cells = batch.questions.cells
    var (questions, labels) = (batch.questions.questions, batch.labels)
    var shown = try demonstrations.map { all in
      try draws.map { try all.demonstrations(for: $0.example) }
    }
    var symmetries = [Symmetry?](repeating: nil, count: draws.count)
    if !augmentation.isNone {
      for (row, draw) in draws.enumerated() {
        let range = row * cells..<(row + 1) * cells
        var random = RandomStream(
          key: key.deriving(UInt64(draw.epoch)), stream: UInt64(draw.example))
        var example = Example(
          question: Array(questions[range]), answer: Array(labels[range]))
        if augmentation.drawsFreshSymmetry,
          let symmetry = symmetric?.randomSymmetry(using: &random)
        {
          symmetries[row] = symmetry
          example = task.transform(example, by: symmetry)
          if let examples = shown?[row] {
            shown?[row] = examples.map { task.transform($0, by: symmetry) }
          }
        }
        let question = revealed(example, batch.progress, using: &random)
        questions.replaceSubrange(range, with: question)
        labels.replaceSubrange(range, with: example.answer)
      }
    }
    let prepared = QuestionBatch(
      cells: cells, questions: questions, identifiers: batch.questions.identifiers,
      demonstrations: shown ?? [])
    guard addsTraces else {
      return TrainingBatch(questions: prepared, labels: labels, progress: batch.progress)
    }
    let traces = symmetries.enumerated().map { row, symmetry in
      trace(
        of: Array(prepared.question(row)), to: labels[row * cells..<(row + 1) * cells],
        movedBy: symmetry)
    }
    return TrainingBatch(
      questions: prepared, labels: labels, traces: traces, progress: batch.progress)
  }

  /// The question, at times with further clues.
  private func revealed(
    _ example: Example, _ progress: Double, using random: inout RandomStream
  ) -> [UInt8] {
    guard let tokens = clueTokens, random.chance(augmentation.revealed.value(at: progress)) else {
      return example.question
    }
    return tokens.revealing(
      random.unit(), of: example.question, answer: example.answer, using: &random)
  }

  /// The states of a trace from a question to its label; empty if there is none.
  ///
  /// Of several right answers, the solver may find another one than the label. It finds the label
  /// more often before the symmetry has moved the question.
  private func trace(
    of question: [UInt8], to label: ArraySlice<UInt8>, movedBy symmetry: Symmetry?
  ) -> [[UInt8]] {
    func states(of question: [UInt8]) -> [[UInt8]] {
      task.trace(of: question)?.steps.map(\.tokens) ?? []
    }
    func leadsToLabel(_ states: [[UInt8]]) -> Bool {
      guard let last = states.last else { return false }
      return zip(last, label).allSatisfy { $1 == Vocabulary.padding || $0 == $1 }
    }
    let own = states(of: question)
    if leadsToLabel(own) { return own }
    guard let symmetry, !own.isEmpty else { return [] }
    let moved = states(of: task.transform(question, by: symmetry.inverse)).map {
      task.transform($0, by: symmetry)
    }
    return moved.first == question && leadsToLabel(moved) ? moved : []
  }
}
