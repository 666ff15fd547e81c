import Gym

extension ScaleStudy {
  /// How many puzzles show whether thoughts stand for answers after fewer segments.
  private static let probes = 8

  /// All numbers of segments from one pass that keeps the thoughts; nil where votes are asked for,
  /// puzzles may be stopped early, or the agent's thoughts are not its answers.
  func runByThoughts(
    _ agent: any Agent, report: (Double) -> Bool
  ) throws -> [ScalePoint]? {
    guard votes == [1], !evaluation.options.halts, segments.count > 1, evaluation.count > 0,
      let costs = try costsByThoughts(agent)
    else { return nil }
    let most = segments[segments.count - 1]
    let (count, clock) = (evaluation.count, ContinuousClock())
    var scores = segments.map { _ in Score(levels: evaluation.task.levels) }
    for start in stride(from: 0, to: count, by: evaluation.batchSize) {
      let indices = start..<min(start + evaluation.batchSize, count)
      let questions = try evaluation.questions(indices, for: [agent])
      let begun = clock.now
      let predictions = try agent.solve(
        questions, options: SolveOptions(segments: most, keepsThoughts: true))
      let seconds = (clock.now - begun) / .seconds(1)
      guard predictions.count == indices.count,
        predictions.allSatisfy({ $0.thoughts.count == most })
      else { return nil }
      for (index, prediction) in zip(indices, predictions) {
        let example = try evaluation.split.example(index)
        for (place, number) in segments.enumerated() {
          let answer = Prediction(
            answer: prediction.thoughts[number - 1], segments: number, cost: costs[place])
          evaluation.judge(answer, of: example, in: &scores[place])
        }
      }
      for (place, number) in segments.enumerated() {
        scores[place].add(seconds: seconds * Double(number) / Double(most))
      }
      if !report(Double(indices.upperBound) / Double(count)) { break }
    }
    if let failure = evaluation.task.failure { throw failure }
    return zip(segments, scores).map { ScalePoint(segments: $0, votes: 1, score: $1) }
  }

  /// What a puzzle costs at each number of segments, counted on a few puzzles; nil where their
  /// thoughts are not the answers after fewer segments, or they do not all cost the same.
  private func costsByThoughts(_ agent: any Agent) throws -> [Cost]? {
    let questions = try evaluation.questions(
      0..<min(Self.probes, evaluation.count), for: [agent])
    let most = segments[segments.count - 1]
    let thinking = try agent.solve(
      questions, options: SolveOptions(segments: most, keepsThoughts: true))
    guard thinking.allSatisfy({ $0.thoughts.count == most }) else { return nil }
    var costs: [Cost] = []
    for number in segments {
      let answers = try agent.solve(questions, options: SolveOptions(segments: number))
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
