import Gym
import NeuralNetworks

extension HRM {
  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try check(questions)
    let segments = options.segments ?? configuration.maxSegments
    guard segments > 0, options.minimumSegments > 0 else {
      throw GymError(
        "\(segments) segments were asked for, and \(options.minimumSegments) as the fewest",
        expected: "at least 1")
    }
    let results = PredictionBuffer(count: questions.count)
    answering {
      workers.run { [model, replicas, workers] worker in
        let share = workers.share(of: questions.count, worker: worker)
        guard !share.isEmpty else { return }
        var solving = HRMSolving(
          questions, share, segments: segments, options: options, model: model,
          on: replicas[worker])
        results.store(solving.run(), at: share.lowerBound)
      }
    }
    return results.predictions
  }
}
