import Gym
import GymEvaluation

extension ScaleStudy {
  /// The number of puzzles used to test whether thoughts equal the answers after fewer segments.
  private static let probes = 8

  /// The results for all numbers of segments, from one pass that keeps the thoughts; nil if votes
  /// are requested, puzzles may halt early, or the agent's thoughts are not its answers.
  func runByThoughts(
    _ agent: any Agent, _ asking: PredictionSource, report: (Double) -> Bool
  ) throws -> [ScalePoint]? {
    guard votes == [1], chains == [1], !evaluation.options.halts, segments.count > 1,
      evaluation.count > 0
    else { return nil }
    do {
      guard let costs = try costsByThoughts(agent, asking) else { return nil }
      return try run(agent, costs, asking, report: report)
    } catch is StoppedSolving {
      return []
    }
  }

  private func run(
    _ agent: any Agent, _ costs: [ComputeCost], _ asking: PredictionSource, report: (Double) -> Bool
  ) throws -> [ScalePoint]? {
    let most = segments[segments.count - 1]
    let (count, clock) = (evaluation.count, ContinuousClock())
    var scores = segments.map { _ in Score(levels: evaluation.task.levels) }
    var isStopped = false
    for start in stride(from: 0, to: count, by: evaluation.batchSize) where !isStopped {
      let indices = start..<min(start + evaluation.batchSize, count)
      let questions = try evaluation.questions(indices, for: [agent])
      let begun = clock.now
      var predictions: [Prediction?]
      var earlier = 0.0
      do {
        (predictions, earlier) = try asking.predictions(
          of: agent, on: questions, Array(indices), pass: "thoughts",
          SolveOptions(segments: most, keepsThoughts: true))
      } catch let stopped as StoppedSolving {
        (predictions, isStopped) = (stopped.predictions, true)
      }
      let seconds = (clock.now - begun) / .seconds(1) + earlier
      guard predictions.allSatisfy({ $0.map { $0.thoughts.count == most } ?? true })
      else { return nil }
      for (index, prediction) in zip(indices, predictions) {
        guard let prediction else { continue }
        let example = try evaluation.split.example(index)
        for (place, number) in segments.enumerated() {
          let answer = Prediction(
            answer: prediction.thoughts[number - 1], segments: number, cost: costs[place])
          try evaluation.judge(answer, of: example, in: &scores[place])
        }
      }
      for (place, number) in segments.enumerated() {
        scores[place].add(seconds: seconds * Double(number) / Double(most))
      }
      if !report(Double(indices.upperBound) / Double(count)) { break }
    }
    return zip(segments, scores).map { ScalePoint(segments: $0, votes: 1, chains: 1, score: $1) }
  }

  /// The cost of a puzzle for each number of segments, counted on a few puzzles; nil if their
  /// thoughts are not the answers after fewer segments, or they do not all cost the same.
  private func costsByThoughts(_ agent: any Agent, _ asking: PredictionSource) throws
    -> [ComputeCost]?
  {
    let indices = Array(0..<min(Self.probes, evaluation.count))
    let questions = try evaluation.questions(0..<indices.count, for: [agent])
    let most = segments[segments.count - 1]
    let thinking = try asking.predictions(
      of: agent, on: questions, indices, pass: "trial thoughts",
      SolveOptions(segments: most, keepsThoughts: true)
    ).predictions.compactMap { $0 }
    guard thinking.allSatisfy({ $0.thoughts.count == most }) else { return nil }
    var costs: [ComputeCost] = []
    for number in segments {
      let answers = try asking.predictions(
        of: agent, on: questions, indices, pass: "trial \(number)",
        SolveOptions(segments: number)
      ).predictions.compactMap { $0 }
      guard let cost = answers.first?.cost, answers.count == thinking.count,
        zip(answers, thinking).allSatisfy({
          $0.cost == cost && $0.answer == $1.thoughts[number - 1]
        })
      else { return nil }
      costs.append(cost)
    }
    return costs
  }
}
