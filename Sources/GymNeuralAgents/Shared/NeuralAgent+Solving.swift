import Gym
import GymTensors
import Synchronization

extension NeuralAgent {
  /// Answers questions. Each answer and its confidence are independent of the other questions in
  /// the batch.
  ///
  /// - Throws: a `GymError` if the questions do not fit, or for fewer than one segment;
  ///   `StoppedSolving` if a stop is requested.
  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try configuration.check(questions)
    let segments = options.segments ?? configuration.maxSegments
    guard segments > 0, options.minimumSegments > 0 else {
      throw GymError(
        "\(segments.counted("segment")) requested, and \(options.minimumSegments) as the fewest",
        expected: "at least 1")
    }
    guard options.chains == 1 || options.chains > 1 && startsFromStates else {
      throw GymError(
        "\(options.chains) chains were requested",
        expected: startsFromStates ? "at least 1" : "1: \(Self.id) carries no latent state")
    }
    let asked = options.chains > 1 ? questions.repeated(options.chains) : questions
    let chains = try solveEach(asked, segments: segments, options: options)
    let predictions = stride(from: 0, to: chains.count, by: options.chains).map { first in
      let answers = chains[first..<first + options.chains].compactMap { $0 }
      return answers.count == options.chains ? Self.mostConfident(of: answers) : nil
    }
    let answered = predictions.compactMap { $0 }
    guard answered.count == questions.count else { throw StoppedSolving(predictions) }
    return answered
  }

  /// The most confident of a puzzle's chains, the first of equals; its cost is that of all chains.
  private static func mostConfident(of chains: [Prediction]) -> Prediction {
    var best = chains[0]
    for chain in chains.dropFirst() where chain.confidence ?? 0 > best.confidence ?? 0 {
      best = chain
    }
    best.segments = chains.map(\.segments).max() ?? 0
    best.cost = chains.reduce(ComputeCost()) { $0 + $1.cost }
    return best
  }

  /// Answers every question of a batch independently; nil for those that a stop left open.
  private func solveEach(
    _ questions: QuestionBatch, segments: Int, options: SolveOptions
  ) throws -> [Prediction?] {
    let results = PredictionBuffer(count: questions.count)
    answering {
      // With one question, or fewer than workers, all workers share each operation.
      let team = questions.count < max(workers.count, 2) ? ThreadTeam(count: workers.count) : nil
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
        var solving = ContinuousBatching(
          questions, share, segments: segments, options: options, model: model,
          on: replicas[worker])
        results.store(solving.run(), at: share.lowerBound)
      }
    }
    return results.predictions
  }
}

extension QuestionBatch {
  /// Repeats each question `times` times.
  fileprivate func repeated(_ times: Int) -> QuestionBatch {
    QuestionBatch(
      cells: cells,
      questions: (0..<count).flatMap { index in
        (0..<times).flatMap { _ in question(index) }
      },
      identifiers: identifiers.flatMap { Array(repeating: $0, count: times) },
      demonstrations: demonstrations.flatMap { Array(repeating: $0, count: times) })
  }
}

/// Collects predictions from several workers.
final class PredictionBuffer: Sendable {
  private let stored: Mutex<[Prediction?]>

  /// A buffer with `count` places.
  init(count: Int) {
    stored = Mutex(Array(repeating: nil, count: count))
  }

  /// Stores predictions from `start` on.
  ///
  /// - Precondition: there are enough places.
  func store(_ predictions: [Prediction?], at start: Int) {
    stored.withLock { $0.replaceSubrange(start..<start + predictions.count, with: predictions) }
  }

  /// All predictions in order; nil for missing ones.
  var predictions: [Prediction?] { stored.withLock { $0 } }
}

extension Tensor {
  /// The token with the greatest logit for each cell (the first of equals), [B · T], from logits
  /// [B, S, V] whose first rows are not cells.
  func greatest(after prefixRows: Int) -> [UInt8] {
    let (length, classes) = (shape[1], shape[2])
    let values = values
    var answers: [UInt8] = []
    answers.reserveCapacity(shape[0] * (length - prefixRows))
    for row in 0..<shape[0] * length where row % length >= prefixRows {
      let start = row * classes
      var best = start
      for index in start + 1..<start + classes where values[index] > values[best] { best = index }
      answers.append(UInt8(best - start))
    }
    return answers
  }
}
