import Gym
import NeuralNetworks
import Tensors

extension NeuralAgent {
  /// The most puzzles that one worker takes at once.
  private static var solvingBatch: Int { 64 }

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try configuration.check(questions)
    var options = options
    let segments = options.segments ?? configuration.maxSegments
    guard segments > 0, options.minimumSegments > 0 else {
      throw GymError(
        "\(segments) segments, \(options.minimumSegments) at least, were asked for",
        expected: "at least 1")
    }
    // Without an outer loop there is nothing to repeat.
    options.segments = Network.halting == .atOnce ? 1 : segments
    return answering { predictions(questions, options) }
  }

  private func predictions(
    _ questions: QuestionBatch, _ options: SolveOptions
  ) -> [Prediction] {
    let results = PredictionBuffer(count: questions.count)
    workers.run { [model, replicas, workers] worker in
      let share = workers.share(of: questions.count, worker: worker)
      for start in stride(from: share.lowerBound, to: share.upperBound, by: Self.solvingBatch) {
        let range = start..<min(start + Self.solvingBatch, share.upperBound)
        var solution = Solving(questions, range, model: model, options: options)
        solution.run(on: replicas[worker])
        results.store(solution.predictions, at: start)
      }
    }
    return results.predictions
  }
}
