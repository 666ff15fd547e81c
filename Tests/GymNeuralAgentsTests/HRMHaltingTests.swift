import Gym
import GymNeuralAgents
import GymRandomness
import Testing

/// Solving with early halting: each question is independent of the others in its batch.
@Suite struct HRMHaltingTests {
  /// An agent whose Q head is not zero, as after training.
  private static func agent(_ dtype: String, workers: Int = 1) throws -> HRM {
    let agent = try Toys.agent(HRM.self, ["dtype": dtype, "max-segments": "9"], workers: workers)
    var random = RandomStream(seed: 2, "Q head")
    for parameter in agent.parameters where parameter.name == "q_head.weight" {
      parameter.value.set((0..<parameter.value.count).map { _ in Float(random.normal()) })
      parameter.refresh()
    }
    return agent
  }

  private static let questions = Toys.batch(7, count: 150).questions

  private static func part(_ indices: some Sequence<Int>) -> QuestionBatch {
    let indices = Array(indices)
    return QuestionBatch(
      cells: questions.cells, questions: indices.flatMap { questions.question($0) },
      identifiers: indices.map { questions.identifiers[$0] })
  }

  @Test(
    "A puzzle stops at the segment at which its own Q values say so", arguments: ["f32", "bf16"])
  func aPuzzleStopsWhereItsOwnQSaysSo(dtype: String) throws {
    let agent = try Self.agent(dtype)
    let whole = try agent.solve(
      Self.questions, options: SolveOptions(keepsThoughts: true))
    let halted = try agent.solve(Self.questions, options: SolveOptions(halts: true))
    for (whole, halted) in zip(whole, halted) {
      #expect((1...9).contains(halted.segments))
      #expect(halted.answer == whole.thoughts[halted.segments - 1])
      #expect(halted.cost.passes == halted.segments)
      #expect(halted.cost.flops < whole.cost.flops)
    }
    #expect(Set(halted.map(\.segments)).count > 2)
    #expect(whole.allSatisfy { $0.segments == 9 && $0.thoughts.count == 9 })
    let late = try agent.solve(
      Self.questions, options: SolveOptions(halts: true, minimumSegments: 4, keepsThoughts: true))
    for (late, halted) in zip(late, halted) {
      #expect(late.segments >= max(4, halted.segments))
      #expect(late.thoughts.count == late.segments && late.thoughts.last == late.answer)
    }
  }

  /// Answers, segments and confidences are bit for bit the same in any batch.
  @Test("Answers, segments and confidences do not depend on the rest of the batch")
  func companyChangesNothing() throws {
    let options = SolveOptions(halts: true)
    let agent = try Self.agent("f32")
    let all = try agent.solve(Self.questions, options: options)
    func check(_ part: [Prediction], _ indices: some Sequence<Int>) {
      for (ours, index) in zip(part, indices) {
        #expect(ours.answer == all[index].answer && ours.segments == all[index].segments)
        #expect(ours.confidence == all[index].confidence, "question \(index)")
      }
    }
    for workers in [2, 5] {
      let shared = try Self.agent("f32", workers: workers)
      check(try shared.solve(Self.questions, options: options), 0..<Self.questions.count)
    }
    var random = RandomStream(seed: 5, "order")
    let order = random.shuffled(Array(0..<Self.questions.count))
    for indices in [order, [0], [17], [149], Array(40..<53), Array(0..<64), Array(0..<65)] {
      check(try agent.solve(Self.part(indices), options: options), indices)
    }
  }

  @Test("More segments than in training continue from the last trained one")
  func moreSegmentsThanInTrainingGoOnFromThere() throws {
    let agent = try Toys.agent(HRM.self)
    let questions = Toys.batch(3).questions
    let few = try agent.solve(questions, options: SolveOptions(keepsThoughts: true))
    let many = try agent.solve(
      questions, options: SolveOptions(segments: 12, keepsThoughts: true))
    for (few, many) in zip(few, many) {
      #expect(many.segments == 12 && many.thoughts.count == 12)
      #expect(many.thoughts.prefix(3) == few.thoughts[...])
    }
  }

  @Test("Zero segments are rejected")
  func refusesNoSegmentsAtAll() throws {
    let agent = try Toys.agent(HRM.self)
    #expect(throws: GymError.self) {
      try agent.solve(
        Toys.batch(3).questions, options: SolveOptions(halts: true, minimumSegments: 0))
    }
  }

  @Test("Without halting every puzzle gets all segments")
  func fixedHaltingGivesEveryPuzzleAllSegments() throws {
    let fixed = try Toys.agent(HRM.self, ["halting": "fixed"])
    let learned = try Toys.agent(HRM.self)
    var report = StepReport()
    for step in 0..<12 { report.add(try fixed.learn(from: Toys.batch(step))) }
    #expect(report.finished == 20 && report.segments == 60)
    let cost = try learned.learn(from: Toys.batch(0)).cost
    #expect(report.cost.passes == 12 * 5 && cost.passes == 2 * 5)
    #expect(report.cost.flops < 12 * cost.flops)
  }
}
