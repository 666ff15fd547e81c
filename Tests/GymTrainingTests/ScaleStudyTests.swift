import Gym
import GymTraining
import Testing

@Suite struct ScaleStudyTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: ["test": Array(repeating: [1], count: 25)])
  }

  /// An agent that needs as many segments as the number of the first letter.
  private func ladder() -> RuledAgent {
    RuledAgent(bySegments: { question, segments in
      let isSolved = segments >= Int(question[0])
      return Prediction(answer: isSolved ? RuledAgent.right(question) : question)
    })
  }

  private func evaluation(
    segments: Int? = nil, copies: Int = 1, halts: Bool = false
  ) throws -> Evaluation {
    try Evaluation(
      task: RingTask(), split: test.data.split("test"),
      options: SolveOptions(segments: segments, halts: halts),
      voting: VotingOptions(copies: copies),
      batchSize: 8)
  }

  private func facts(_ points: [ScalePoint]) -> [[Double]] {
    points.map {
      [
        Double($0.votes), Double($0.segments), Double($0.score.overall.successes), $0.flops,
        $0.score.meanSegments,
      ]
    }
  }

  @Test("One pass with kept thoughts gives the results of one pass per point")
  func onePassOfThoughtsGivesWhatManyPassesGive() throws {
    let study = try ScaleStudy(evaluation(), segments: [4, 1, 2, 3], votes: [1])
    let (shown, hidden) = (ladder(), ladder())
    hidden.shows = false
    let points = try study.run([shown])
    #expect(try facts(points) == facts(study.run([hidden])))
    #expect(points.map(\.segments) == [1, 2, 3, 4])
    #expect(points.map(\.score.overall.successes) == points.map(\.score.overall.successes).sorted())
    #expect(points[0].score.overall.successes < 25 && points[3].score.overall.successes == 25)
    // One pass over 25 puzzles and a few probes, against four passes.
    #expect(shown.asked == 25 + 5 * 8)
    #expect(hidden.asked == 4 * 25 + 8)
  }

  @Test("Every point equals an evaluation with its options")
  func everyPointIsWhatAnEvaluationGives() throws {
    let study = try ScaleStudy(evaluation(), segments: [1, 3], votes: [1, 2, 4])
    let points = try study.run([ladder()])
    #expect(points.map(\.votes) == [1, 1, 2, 2, 4, 4])
    for point in points {
      let score = try evaluation(segments: point.segments, copies: point.votes).run(ladder())
      #expect(point.score.overall == score.overall, "\(point.segments), \(point.votes)")
      #expect(point.score.solving.cost == score.solving.cost)
    }
  }

  @Test("A study stops if a stop is requested")
  func aStudyStopsWhenTold() throws {
    let study = try ScaleStudy(evaluation(), segments: [1, 2, 4], votes: [1, 2])
    var shares: [Double] = []
    let points = try study.run([ladder()]) { share in
      shares.append(share)
      return share < 0.3
    }
    #expect(shares == shares.sorted())
    // It stops among the answers of two segments, which it reaches at a seventh of the work.
    #expect(points.map { [$0.votes, $0.segments] } == [[1, 1], [1, 2], [2, 1], [2, 2]])
    for point in points {
      let count = point.score.overall.count
      #expect(point.segments == 1 ? count == 25 : (1..<25).contains(count), "\(point)")
    }
  }

  @Test("Thoughts that are not answers are not counted")
  func thoughtsThatAreNoAnswersAreNotTaken() throws {
    let agent = ladder()
    let other = RuledAgent(bySegments: { question, segments in
      // Its intermediate thoughts of four segments differ from its answers after fewer.
      Prediction(answer: segments == 1 ? RuledAgent.right(question) : question)
    })
    let study = try ScaleStudy(evaluation(halts: true), segments: [1, 4], votes: [1])
    _ = try study.run([agent])
    #expect(agent.asked == 50)
    let plain = try ScaleStudy(evaluation(), segments: [1, 4], votes: [1])
    #expect(try plain.run([other]).map(\.score.overall.successes) == [25, 0])
  }

  @Test("The chart has a line for each number of votes")
  func theChartHasALineForEachNumberOfVotes() throws {
    let study = try ScaleStudy(evaluation(), segments: [1, 3], votes: [1, 4])
    let svg = try study.run([ladder()]).chart(title: "a < b").text
    #expect(svg.contains("a &lt; b"))
    // Two lines of two points with their segments; each line's mark is also beside its name.
    #expect(svg.components(separatedBy: "\"><path d=\"M").count == 3)
    #expect(svg.components(separatedBy: "class=\"mark\"").count == 1 + 4 + 2)
    #expect(svg.contains(">1</text>") && svg.contains(">3</text>"))
  }
}
