import Gym

/// Accuracy against compute: the same puzzles with more and more segments and votes.
public struct ScaleStudy: Sendable {
  /// How the puzzles are solved with the most votes; its own number of segments plays no part.
  public let evaluation: Evaluation
  /// The numbers of segments, ascending.
  public let segments: [Int]
  /// The numbers of votes, ascending.
  public let votes: [Int]

  /// A study of some numbers of segments and votes.
  ///
  /// - Precondition: there are some of both, all positive.
  /// - Throws: a `GymError` where so many votes cannot be held.
  public init(_ evaluation: Evaluation, segments: [Int], votes: [Int]) throws {
    precondition(!segments.isEmpty && !votes.isEmpty && (segments + votes).allSatisfy { $0 > 0 })
    self.segments = Set(segments).sorted()
    self.votes = Set(votes).sorted()
    self.evaluation = try Evaluation(
      task: evaluation.task, split: evaluation.split, options: evaluation.options,
      voting: Voting(copies: self.votes.last ?? 1, usesRules: evaluation.voting.usesRules),
      batchSize: evaluation.batchSize, limit: evaluation.count,
      puzzleNames: evaluation.puzzleNames, demonstrations: evaluation.demonstrations)
  }

  /// Lets an agent, or several together, solve the puzzles in every way.
  ///
  /// Fewer votes are counted from the same answers as more. One agent's answers after fewer
  /// segments are its thoughts on the way to more, where it shows that they are the same.
  ///
  /// - Parameter report: hears which share is done, now and then; false stops.
  /// - Returns: the points in order of votes, then segments; where it was stopped, those that it
  ///   reached, the last on fewer puzzles.
  public func run(
    _ agents: [any Agent], report: (Double) -> Bool = { _ in true }
  ) throws -> [ScalePoint] {
    if agents.count == 1, let agent = agents.first,
      let points = try runByThoughts(agent, report: report)
    {
      return points
    }
    let panel = try Panel(agents, of: evaluation.task, voting: evaluation.voting)
    let whole = Double(segments.reduce(0, +))
    var (points, done, goesOn) = ([ScalePoint](), 0.0, true)
    for count in segments where goesOn {
      points += try run(panel, segments: count) { share in
        goesOn = report((done + share * Double(count)) / whole)
        return goesOn
      }
      done += Double(count)
    }
    if let failure = evaluation.task.failure { throw failure }
    return points.filter { $0.score.overall.count > 0 }
      .sorted { ($0.votes, $0.segments) < ($1.votes, $1.segments) }
  }

  /// One pass over the puzzles, from which all numbers of votes are counted.
  private func run(
    _ panel: Panel, segments: Int, report: (Double) -> Bool
  ) throws -> [ScalePoint] {
    var options = evaluation.options
    options.segments = segments
    var scores = votes.map { _ in Score(levels: evaluation.task.levels) }
    let (count, clock) = (evaluation.count, ContinuousClock())
    for start in stride(from: 0, to: count, by: evaluation.batchSize) {
      let indices = start..<min(start + evaluation.batchSize, count)
      let questions = try evaluation.questions(indices, for: panel.agents)
      let begun = clock.now
      guard
        let voters = try panel.votes(
          on: questions, options: options, goesOn: { report(Double(start) / Double(count)) })
      else { break }
      let seconds = (clock.now - begun) / .seconds(1)
      for (place, number) in votes.enumerated() {
        let elected = panel.elect(voters, on: questions, copies: number)
        for (index, prediction) in zip(indices, elected) {
          try evaluation.judge(
            prediction, of: evaluation.split.example(index), in: &scores[place])
        }
        scores[place].add(seconds: seconds * Double(number) / Double(votes[votes.count - 1]))
      }
      if !report(Double(indices.upperBound) / Double(count)) { break }
    }
    return zip(votes, scores).map { ScalePoint(segments: segments, votes: $0, score: $1) }
  }
}
