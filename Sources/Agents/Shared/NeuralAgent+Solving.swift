import Gym
import Tensors

extension NeuralAgent {
  /// Answers questions, each by itself: its answer and confidence do not depend on the company (but
  /// for roundings where bf16 products go to oneDNN).
  ///
  /// - Throws: a `GymError` for questions that do not fit, or fewer than one segment;
  ///   `StoppedSolving` where somebody asks for a stop.
  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try configuration.check(questions)
    let segments = options.segments ?? configuration.maxSegments
    guard segments > 0, options.minimumSegments > 0 else {
      throw GymError(
        "\(segments) segments were asked for, and \(options.minimumSegments) as the fewest",
        expected: "at least 1")
    }
    let results = PredictionBuffer(count: questions.count)
    answering {
      // One question, or fewer than workers: all work on one and the same.
      let team = questions.count < max(workers.count, 2) ? Team(count: workers.count) : nil
      workers.run { [model, replicas, workers] worker in
        if worker > 0, let team { return team.serve(worker) }
        let share =
          team == nil
          ? workers.share(of: questions.count, worker: worker) : 0..<questions.count
        replicas[worker].device.team = team
        defer {
          replicas[worker].device.team = nil
          team?.end()
        }
        guard !share.isEmpty else { return }
        var solving = Solving(
          questions, share, segments: segments, options: options, model: model,
          on: replicas[worker])
        results.store(solving.run(), at: share.lowerBound)
      }
    }
    let predictions = results.predictions
    let answered = predictions.compactMap { $0 }
    guard answered.count < questions.count else { return answered }
    // Where an answer depends on its company, the rest would be answered in another.
    let isAlone = PackedMatrix(.plain, shape: [1, 1], type: configuration.activationType) != nil
    throw StoppedSolving(isAlone ? predictions : predictions.map { _ in nil })
  }
}
