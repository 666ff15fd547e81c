import Gym
import GymEvaluation
import GymJSON
import GymReports

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
    self.evaluation = try evaluation.with(
      voting: VotingOptions(
        copies: self.votes.last ?? 1, usesRules: evaluation.voting.usesRules))
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
    try SolveOptions(chains: chains.max() ?? 1).checkChains(with: agents)
    try evaluation.voting.checkIdentities(of: agents, on: evaluation.split)
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
    return points.filter { $0.score.asked > 0 }
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
      let places = start..<min(start + evaluation.batchSize, count)
      let indices = evaluation.examples(places)
      let questions = try evaluation.questions(indices, for: ensemble.agents)
      let begun = clock.now
      let voters = try ensemble.votes(
        on: questions, indices, options: options, journal: asking.journal,
        pass: (chains == 1 ? "" : "chains \(chains), ") + "segments \(segments)",
        goesOn: { report(Double(start) / Double(count)) })
      let seconds = (clock.now - begun) / .seconds(1) + voters.extraSeconds
      for (place, number) in votes.enumerated() {
        let winners = try ensemble.winners(voters, copies: number)
        for (index, prediction) in zip(voters.indices, winners) {
          try evaluation.judge(
            prediction, of: evaluation.split.example(index), in: &scores[place])
        }
        scores[place].add(seconds: seconds * Double(number) / Double(votes[votes.count - 1]))
      }
      if !report(Double(places.upperBound) / Double(count)) || !voters.isWhole { break }
    }
    return zip(votes, scores).map {
      ScalePoint(segments: segments, votes: $0, chains: chains, score: $1)
    }
  }
}

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
      let places = start..<min(start + evaluation.batchSize, count)
      let indices = evaluation.examples(places)
      let questions = try evaluation.questions(indices, for: [agent])
      let begun = clock.now
      var predictions: [Prediction?]
      var earlier = 0.0
      do {
        (predictions, earlier) = try asking.predictions(
          of: agent, on: questions, indices, pass: "thoughts",
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
      if !report(Double(places.upperBound) / Double(count)) { break }
    }
    return zip(segments, scores).map { ScalePoint(segments: $0, votes: 1, chains: 1, score: $1) }
  }

  /// The cost of a puzzle for each number of segments, counted on a few puzzles; nil if their
  /// thoughts are not the answers after fewer segments, or they do not all cost the same.
  private func costsByThoughts(_ agent: any Agent, _ asking: PredictionSource) throws
    -> [ComputeCost]?
  {
    let indices = evaluation.examples(0..<min(Self.probes, evaluation.count))
    let questions = try evaluation.questions(indices, for: [agent])
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

/// An agent's result with a given amount of thinking per puzzle.
public struct ScalePoint: Sendable, Hashable {
  /// The number of segments allowed.
  public let segments: Int
  /// The number of symmetric copies that vote.
  public let votes: Int
  /// The number of chains of each copy.
  public let chains: Int
  /// The score, and the cost of solving.
  public let score: Score

  /// Floating-point operations per puzzle.
  public var flops: Double { perPuzzle(score.solving.cost.flops) }

  /// Seconds per puzzle.
  public var seconds: Double { perPuzzle(score.solving.seconds) }

  private func perPuzzle(_ sum: Double) -> Double { sum / Double(max(1, score.asked)) }

  /// The point as JSON, with its cost per puzzle.
  public var json: JSON {
    [
      "segments": JSON(segments), "chains": JSON(chains), "votes": JSON(votes),
      "exact": score.overall.json, "mean-segments": .number(score.meanSegments),
      "flops-per-puzzle": .number(flops), "seconds-per-puzzle": .number(seconds),
      "solving": score.solving.json,
    ]
  }
}

extension [ScalePoint] {
  /// The points as a chart: a line for each number of chains and votes, whose points are labeled
  /// with the segments.
  package func chart(title: String) -> ChartFile {
    // If no operations were counted, seconds are used instead.
    let isCounted = contains { $0.flops > 0 }
    let kinds = Set(map { [$0.chains, $0.votes] }).sorted { $0.lexicographicallyPrecedes($1) }
    let lines = kinds.enumerated().map { index, kind in
      LineChart.Line(
        name: (kind[0] == 1 ? "" : "\(kind[0]) chains, ")
          + (kind[1] == 1 ? "1 vote" : "\(kind[1]) votes"),
        style: LineStyle(place: index),
        points: filter { [$0.chains, $0.votes] == kind }.map { point in
          .init(
            x: isCounted ? point.flops : point.seconds, y: point.score.exactAccuracy,
            label: "\(point.segments)")
        })
    }
    return ChartFile(
      chart: LineChart(
        name: "scaling", title: title, lines: lines,
        xTitle: (isCounted ? "FLOPs" : "Seconds") + " per puzzle (logarithmic)",
        marksPoints: true, isLogarithmic: true,
        label: isCounted ? Figures.scaled : Figures.seconds),
      caption:
        "\(title). Solved: puzzles solved completely. The numbers at the points are segments.")
  }
}
