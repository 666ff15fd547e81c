import Foundation
import Gym
import NeuralNetworks
import Tensors

extension HRM {
  /// The most puzzles that one worker takes at once.
  private static let solvingBatch = 64

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try check(questions)
    let segments = options.segments ?? configuration.maxSegments
    guard segments > 0 else {
      throw GymError("\(segments) segments were asked for", expected: "at least 1")
    }
    let results = PredictionBuffer(count: questions.count)
    workers.run { [model, replicas, workers] worker in
      let share = workers.share(of: questions.count, worker: worker)
      for start in stride(from: share.lowerBound, to: share.upperBound, by: Self.solvingBatch) {
        let range = start..<min(start + Self.solvingBatch, share.upperBound)
        let predictions = model.solve(
          questions, range, segments: segments, keepsThoughts: options.keepsThoughts,
          on: replicas[worker])
        results.store(predictions, at: range.lowerBound)
      }
    }
    return results.predictions
  }
}

extension HRMModel {
  /// Answers a range of questions with a fixed number of segments.
  func solve(
    _ questions: QuestionBatch, _ range: Range<Int>, segments: Int, keepsThoughts: Bool,
    on replica: Replica
  ) -> [Prediction] {
    let cells = configuration.cells
    let grid = TokenGrid(
      batch: range.count, cells: cells,
      tokens: questions.questions[range.lowerBound * cells..<range.upperBound * cells]
        .map(Int32.init))
    let input = embed(
      grid, identifiers: Array(questions.identifiers[range]), on: replica
    ) { _ in }
    var states = startStates(count: range.count)
    var predictions = [Prediction](
      repeating: Prediction(answer: nil, segments: segments), count: range.count)
    for segment in 1...segments {
      let (zH, zL) = self.segment(from: states, input: input, on: replica)
      states = States(high: zH.value, low: zL.value)
      guard keepsThoughts || segment == segments else { continue }
      let heads = heads(zH, on: replica)
      let q = qValues(heads.q)
      for (entry, answer) in answers(heads.logits.value).enumerated() {
        if keepsThoughts { predictions[entry].thoughts.append(answer) }
        predictions[entry].answer = answer
        predictions[entry].confidence = sigmoid(Double(q[entry].halt))
      }
    }
    return predictions
  }

  /// The greatest logit's token of each cell.
  private func answers(_ logits: Tensor) -> [[UInt8]] {
    let (batch, length, classes) = (logits.shape[0], logits.shape[1], logits.shape[2])
    let values = logits.values
    return (0..<batch).map { entry in
      (configuration.prefixRows..<length).map { position in
        let start = (entry * length + position) * classes
        var best = start
        for index in start + 1..<start + classes where values[index] > values[best] {
          best = index
        }
        return UInt8(best - start)
      }
    }
  }
}
