import Blocksworld
import Gym
import GymTesting
import Testing

/// The task with a number of blocks.
private func world(_ blocks: Int) throws -> Blocksworld {
  var settings = Settings(Blocksworld.settings)
  try settings.set("blocks", to: "\(blocks)")
  return try Blocksworld(settings: settings)
}

@Suite struct BlocksworldTests {
  @Test("Blocksworld conforms in every size") func everySizeConforms() {
    let variants = ["4", "5", "8"].map { ["blocks": $0] }
    let report = Conformance.check(Blocksworld.self, variants: variants, effort: .quick)
    #expect(report.isEmpty, "\(report)")
  }

  @Test("The first puzzle of a seed is the recorded one")
  func theFirstPuzzleOfASeedStaysTheSame() throws {
    let task = try world(4)
    var random = RandomStream(key: RandomKey(seed: 1), stream: 0)
    let example = try task.generate(GenerationRequest(), using: &random)
    #expect(
      task.vocabulary.text(example.question)
        == "..............D....D..B.A.CB..AC****************")
    #expect(
      task.vocabulary.text(example.answer)
        == "________________________________DBD-----=AB-----")
  }

  /// Sussman's anomaly, with a block D aside: C on A, and B beside; wanted: A on B on C.
  @Test("Sussman's anomaly is solved in three moves")
  func sussmansAnomalyTakesThreeMoves() throws {
    let task = try world(4)
    let question = try task.vocabulary.tokens(
      "........" + "....A..." + "C...B..." + "AB.DC..D" + "****************")
    #expect(task.rating(of: question) == 3)
    guard case .several(let answer) = task.solve(question) else {
      Issue.record("no plan")
      return
    }
    #expect(task.vocabulary.text(Array(answer[32...])) == "CBA-----=CB-----")
  }

  @Test(
    "A plan is simulated move by move, and the first wrong move is named",
    arguments: [
      ("CBA-----=CB-----", nil, true), ("C=-BA---=-------", "move 2", false),
      ("ABC-----=CB-----", "a block stands on the one that is moved", false),
      ("CB------=B------", "a block cannot stand on itself", false),
      ("B-------=-------", "the block is where it should go", false),
      ("CA------=C------", "the plan ends elsewhere", true),
      ("CB-A----=C-B----", "move 4: it comes after a rest", false),
      ("CB*A----=C*B----", "move 3: it is not a block", false),
      ("CBADD---=CBA=---", nil, true),
    ])
  func plansAreSimulated(_ plan: String, _ problem: String?, _ isLegal: Bool) throws {
    let task = try world(4)
    let question = try task.vocabulary.tokens(
      "........" + "....A..." + "C...B..." + "AB.DCD.." + "****************")
    // Tokens outside the question's cells are ignored.
    let answer = try question.prefix(32).map { $0 ^ 1 } + task.vocabulary.tokens(plan)
    let verdict = task.verify(answer, for: Example(question: question, answer: answer))
    #expect(verdict.isSolved == (problem == nil), "\(verdict.problem ?? "")")
    if let problem { #expect(verdict.problem?.contains(problem) == true, "\(verdict)") }
    #expect(verdict.findings.map(\.name) == ["legal", "optimal", "label-match"])
    #expect(verdict.findings[0].holds == isLegal)
  }

  /// Breadth-first search over all 73 arrangements of 4 blocks, with moves reimplemented.
  @Test("Plans are as short as those of a breadth-first search")
  func plansAreAsShortAsCanBe() throws {
    let task = try world(4)
    for index in 0..<40 as Range<UInt64> {
      var random = RandomStream(key: RandomKey(seed: 7), stream: index)
      let example = try task.generate(GenerationRequest(), using: &random)
      let (start, goal) = (
        stacks(task, example.question, 0), stacks(task, example.question, 4)
      )
      var distances: [Set<String>: Int] = [start: 0]
      var queue = [start]
      while let state = queue.first, distances[goal] == nil {
        queue.removeFirst()
        for next in neighbors(of: state) where distances[next] == nil {
          distances[next] = (distances[state] ?? 0) + 1
          queue.append(next)
        }
      }
      let distance = try #require(distances[goal], "stream \(index)")
      #expect(example.rating == Double(distance), "stream \(index)")
    }
  }

  /// Of hundreds of pairs of arrangements, one asks for so many moves.
  @Test("The longest plans are found, and what no plan can be is refused")
  func theLongestPlansAreFound() throws {
    let task = try world(8)
    for index in 0..<40 as Range<UInt64> {
      var random = RandomStream(key: RandomKey(seed: 10), stream: index)
      let example = try task.generate(GenerationRequest(rating: 14...14), using: &random)
      #expect(example.rating == 14 && task.verify(example.answer, for: example).isSolved)
    }
    let impossible: [ClosedRange<Double>] = [15...100, -5...0, 2.25...2.75, 1e300...(.infinity)]
    for wanted in impossible {
      var random = RandomStream(seed: 10, "impossible")
      let error = #expect(throws: GymError.self) {
        try task.generate(GenerationRequest(rating: wanted), using: &random)
      }
      #expect(error?.expected == "1 to 14 moves with 8 blocks")
    }
  }

  /// The stacks of a picture, each as its blocks from the bottom up.
  private func stacks(_ task: Blocksworld, _ question: [UInt8], _ start: Int) -> Set<String> {
    Set(
      (start..<start + 4).map { column in
        task.vocabulary.text((0..<4).reversed().map { question[$0 * 8 + column] })
          .filter { $0 != "." }
      }.filter { !$0.isEmpty })
  }

  private func neighbors(of state: Set<String>) -> [Set<String>] {
    state.flatMap { from -> [Set<String>] in
      let block = String(from.suffix(1))
      var rest = state
      rest.remove(from)
      if from.count > 1 { rest.insert(String(from.dropLast())) }
      let onto = rest.map { below -> Set<String> in
        var next = rest
        next.remove(below)
        next.insert(below + block)
        return next
      }
      return onto + [rest.union([block])]
    }
  }

  @Test("All arrangements of the blocks are equally likely")
  func arrangementsAreEquallyLikely() throws {
    let task = try world(4)
    var counts: [Set<String>: Int] = [:]
    for index in 0..<7300 as Range<UInt64> {
      var random = RandomStream(key: RandomKey(seed: 8), stream: index)
      let example = try task.generate(GenerationRequest(), using: &random)
      counts[stacks(task, example.question, 4), default: 0] += 1
    }
    #expect(counts.count == 73)
    let statistic = counts.values.reduce(0.0) { $0 + Double(($1 - 100) * ($1 - 100)) / 100 }
    // 72 degrees of freedom: mean 72, standard deviation 12.
    #expect((30...135).contains(statistic), "chi-square \(statistic), seed 8")
  }

  @Test("The trace shows the stacks after each move")
  func theTraceShowsTheStacksOnTheirWay() throws {
    let task = try world(5)
    var random = RandomStream(seed: 9, "trace")
    let example = try task.generate(GenerationRequest(), using: &random)
    let trace = try #require(task.trace(of: example.question))
    #expect(trace.steps.count == Int(try #require(example.rating)) + 2)
    let last = try #require(trace.steps.last).tokens
    for row in 0..<5 {
      #expect(last[row * 10..<row * 10 + 5] == last[row * 10 + 5..<row * 10 + 10], "seed 9")
    }
    #expect(Array(last[50...]) == Array(example.answer[50...]))
  }
}
