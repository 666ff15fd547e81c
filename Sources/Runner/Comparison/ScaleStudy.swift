import Gym
import GymEvaluation

/// Accuracy against compute: the same puzzles with increasing segments and votes.
public struct ScaleStudy: Sendable {
  /// How the puzzles are solved with the most votes; its own number of segments is ignored.
  public let evaluation: Evaluation
  /// The numbers of segments, ascending.
  public let segments: [Int]
  /// The numbers of votes, ascending.
  public let votes: [Int]
  /// The numbers of chains, ascending.
  public let chains: [Int]

  /// A study with some numbers of segments and votes.
  ///
  /// - Precondition: there are some of each, all positive.
  /// - Throws: a `GymError` if that many votes are not possible.
  public init(_ evaluation: Evaluation, segments: [Int], votes: [Int], chains: [Int] = [1]) throws {
    precondition(!segments.isEmpty && !votes.isEmpty && !chains.isEmpty)
    precondition((segments + votes + chains).allSatisfy { $0 > 0 })
    self.chains = Set(chains).sorted()
    self.segments = Set(segments).sorted()
    self.votes = Set(votes).sorted()
    self.evaluation = try Evaluation(
      task: evaluation.task, split: evaluation.split, options: evaluation.options,
      voting: VotingOptions(copies: self.votes.last ?? 1, usesRules: evaluation.voting.usesRules),
      batchSize: evaluation.batchSize, limit: evaluation.count,
      puzzleNames: evaluation.puzzleNames, demonstrations: evaluation.demonstrations)
  }

  /// Lets an agent, or several together, solve the puzzles in every way.
  ///
  /// Smaller numbers of votes are counted from the same answers. One agent's answers after fewer
  /// segments are taken from its thoughts, if a test shows that they are the same.
  ///
  /// - Parameters:
  ///   - journal: returns earlier answers, and keeps new ones.
  ///   - stop: says when to stop, even in the middle of a batch.
  ///   - report: receives the finished share now and then; returns false to stop.
  /// - Returns: the points, ordered by chains, votes and segments; if it was stopped, those that it
  ///   reached, the last one over fewer puzzles.
  public func run(
    _ agents: [any Agent], journal: AnswerJournal? = nil, stop: StopRequest? = nil,
    report: (Double) -> Bool = { _ in true }
  ) throws -> [ScalePoint] {
    let asking = PredictionSource(journal: journal, stop: stop)
    if agents.count == 1, let agent = agents.first,
      let points = try runByThoughts(agent, asking, report: report)
    {
      return points
    }
    let ensemble = try Ensemble(agents, of: evaluation.task, voting: evaluation.voting)
    let whole = Double(segments.reduce(0, +) * chains.reduce(0, +))
    var (points, done, goesOn) = ([ScalePoint](), 0.0, true)
    for number in chains {
      for count in segments where goesOn {
        let part = Double(number * count)
        points += try run(ensemble, segments: count, chains: number, asking) { share in
          goesOn = report((done + share * part) / whole)
          return goesOn
        }
        done += part
      }
    }
    return points.filter { $0.score.overall.count > 0 }
      .sorted { ($0.chains, $0.votes, $0.segments) < ($1.chains, $1.votes, $1.segments) }
  }

  /// One pass over the puzzles, from which the results for all numbers of votes are counted.
  private func run(
    _ ensemble: Ensemble, segments: Int, chains: Int, _ asking: PredictionSource,
    report: (Double) -> Bool
  ) throws -> [ScalePoint] {
    var options = evaluation.options
    (options.segments, options.chains, options.stop) = (segments, chains, asking.stop)
    var scores = votes.map { _ in Score(levels: evaluation.task.levels) }
    let (count, clock) = (evaluation.count, ContinuousClock())
    for start in stride(from: 0, to: count, by: evaluation.batchSize) {
      let indices = start..<min(start + evaluation.batchSize, count)
      let questions = try evaluation.questions(indices, for: ensemble.agents)
      let begun = clock.now
      let voters = try ensemble.votes(
        on: questions, Array(indices), options: options, journal: asking.journal,
        pass: (chains == 1 ? "" : "chains \(chains), ") + "segments \(segments)",
        goesOn: { report(Double(start) / Double(count)) })
      let seconds = (clock.now - begun) / .seconds(1) + voters.extraSeconds
      for (place, number) in votes.enumerated() {
        let elected = try ensemble.majority(voters, copies: number)
        for (index, prediction) in zip(voters.indices, elected) {
          try evaluation.judge(
            prediction, of: evaluation.split.example(index), in: &scores[place])
        }
        scores[place].add(seconds: seconds * Double(number) / Double(votes[votes.count - 1]))
      }
      if !report(Double(indices.upperBound) / Double(count)) || !voters.isWhole { break }
    }
    return zip(votes, scores).map {
      ScalePoint(segments: segments, votes: $0, chains: chains, score: $1)
    }
  }
}
