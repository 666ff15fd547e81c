import Gym
import GymEvaluation
import GymReports

/// Draws questions and any answers, with wrong cells marked.
struct PuzzlePainter: Sendable {
  private let task: any Task
  private let tokenCount: Int
  private let judge: Judge

  init(task: any Task) {
    self.task = task
    (tokenCount, judge) = (task.vocabulary.count, Judge(task))
  }

  /// The number of cells of an answer.
  var cells: Int { task.grid.cells }

  /// Writes an answer as a line of JSON, in the form of a submission; nothing if there is none.
  func write(_ prediction: Prediction, of id: String, to text: inout ScriptText) {
    guard let answer = prediction.answer, answer.allSatisfy({ Int($0) < tokenCount }) else {
      return
    }
    text.append("{\"id\":")
    text.append(literal: id)
    text.append(",\"answer\":")
    text.append(literal: answer.map { task.vocabulary.text($0) }.joined())
    if let confidence = prediction.confidence, confidence.isFinite {
      text.append(",\"confidence\":\(confidence)")
    }
    text.append(",\"segments\":\(prediction.segments)}\n")
  }

  /// The question without an answer.
  func question(_ example: Example) -> Drawing { task.draw(example.question, answer: nil) }

  /// The right answer, if the board has one.
  func solution(_ example: Example) -> Drawing? {
    example.answer.isEmpty ? nil : task.draw(example.question, answer: example.answer)
  }

  /// An answer, and the problem with it.
  func answer(
    _ answer: [UInt8], to example: Example
  ) throws -> (drawing: Drawing, problem: String?) {
    let judgment = try judge.judgment(of: Prediction(answer: answer), to: example)
    let drawing = task.draw(example.question, answer: fitted(answer, to: example))
    if judgment.isSolved { return (drawing, nil) }
    let wrong = judge.wrongCells(of: judgment, in: answer, to: example)
    return (drawing.markingWrong(wrong), judgment.verdict.problem ?? "")
  }

  /// A thought, which is an answer without a judgment.
  func thought(_ answer: [UInt8], on example: Example) -> Drawing {
    task.draw(example.question, answer: fitted(answer, to: example))
  }

  /// An answer that a task can draw: as long as the question, with existing tokens.
  private func fitted(_ answer: [UInt8], to example: Example) -> [UInt8] {
    let isFit = { (token: UInt8) in Int(token) < tokenCount }
    if answer.count == example.question.count, answer.allSatisfy(isFit) { return answer }
    return example.question.indices.map { index in
      answer.indices.contains(index) && isFit(answer[index]) ? answer[index] : Vocabulary.padding
    }
  }
}
