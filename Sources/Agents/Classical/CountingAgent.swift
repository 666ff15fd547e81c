import Foundation
import Gym

/// The common part of agents that learn only by counting.
protocol CountingAgent: LearningAgent {
  var context: AgentContext { get }
  var state: CountingState { get set }

  /// Counts one label, which is not padding.
  func count(_ label: UInt8, inPlaceOf token: UInt8, cell: Int)

  /// The answer to a question.
  func answer(to question: ArraySlice<UInt8>) -> [UInt8]
}

extension CountingAgent {
  public static var countsOperations: Bool { false }

  public var steps: Int { state.steps }

  public var parameterCount: Int { state.counts.values.reduce(0) { $0 + $1.counts.count } }

  /// Answers the batch, then counts its labels. The loss is the share of cells answered wrongly.
  public func learn(from batch: TrainingBatch) throws -> StepReport {
    try check(batch.questions)
    guard batch.labels.allSatisfy({ Int($0) < context.vocabularyCount }) else {
      throw GymError(
        "a label is outside the vocabulary", expected: "tokens below \(context.vocabularyCount)")
    }
    var report = StepReport()
    report.steps = 1
    for example in 0..<batch.count {
      let cells = batch.questions.cells
      let labels = batch.labels[example * cells..<(example + 1) * cells]
      let answer = answer(to: batch.questions.question(example))
      let asked = zip(labels, answer).filter { $0.0 != Vocabulary.padding }
      let right = asked.count { $0.0 == $0.1 }
      let accuracy = asked.isEmpty ? 1 : Double(right) / Double(asked.count)
      report.finished += 1
      report.segments += 1
      report.cellAccuracy += accuracy
      report.exact += right == asked.count ? 1 : 0
      report.loss += (1 - accuracy) / Double(batch.count)
    }
    for (index, label) in batch.labels.enumerated() where label != Vocabulary.padding {
      count(
        label, inPlaceOf: batch.questions.questions[index], cell: index % batch.questions.cells)
    }
    state.steps += 1
    return report
  }

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try check(questions)
    return (0..<questions.count).map { index in
      let answer = answer(to: questions.question(index))
      return Prediction(
        answer: answer, thoughts: options.keepsThoughts ? [answer] : [],
        cost: ComputeCost(passes: 1))
    }
  }

  public func save(to folder: URL) throws { try state.save(to: folder) }

  public func restore(from folder: URL, forTraining: Bool) throws {
    try state.restore(from: folder)
  }

  private func check(_ questions: QuestionBatch) throws {
    guard questions.cells == context.grid.cells,
      questions.questions.allSatisfy({ Int($0) < context.vocabularyCount })
    else {
      throw GymError(
        "the questions do not fit the task that the agent was made for",
        expected: "\(context.grid.cells) cells of tokens below \(context.vocabularyCount)")
    }
  }
}
