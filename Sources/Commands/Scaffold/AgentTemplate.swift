/// The files of a new agent; `__Name__` and `__id__` are placeholders for its names.
enum AgentTemplate {
  static let source = #"""
    import Foundation
    import Gym

    /// Recalls for each cell and its token in the question the label that stood there most often.
    ///
    /// An agent to begin from. What is marked "Yours" makes it this agent and no other: change
    /// that, and keep the rest. `Sources/Gym/Agents/Agent.swift` and `LearningAgent.swift` say what
    /// each member owes to the gym. One that does not learn is an `Agent`: it needs only `solve`.
    public final class __Name__: LearningAgent {
      // Yours: its names, and what people may set.
      public static let id = PluginID("__id__", version: 1)
      public static let summary = "Recalls the label seen most often for a cell and its token."
      public static let settings: [Setting] = [
        .integer("trust", "how often a label is seen before it is used", default: 1, in: 1...1000)
      ]

      private let context: AgentContext
      // Yours: what it knows. Here, how often each label was seen: [cells, tokens, tokens].
      private let trust: UInt64
      private var counts: [UInt64]
      public private(set) var steps = 0

      public init(settings: Settings, context: AgentContext) throws {
        self.context = context
        trust = UInt64(settings.integer("trust"))
        let count = context.grid.cells * context.vocabularyCount * context.vocabularyCount
        guard count <= 1 << 27 else {
          throw GymError("\(count) counts are too many", expected: "a smaller grid or vocabulary")
        }
        counts = [UInt64](repeating: 0, count: count)
      }

      public var parameterCount: Int { counts.count }

      // Yours: one step of learning.
      public func learn(from batch: TrainingBatch) throws -> StepReport {
        try check(batch.questions, batch.labels)
        var (right, asked) = (0, 0)
        for (index, label) in batch.labels.enumerated() where label != Vocabulary.padding {
          let (cell, token) = (index % context.grid.cells, batch.questions.questions[index])
          asked += 1
          right += answer(cell, token) == label ? 1 : 0
          counts[start(cell, token) + Int(label)] += 1
        }
        steps += 1
        var report = StepReport()
        report.steps = 1
        report.loss = 1 - Double(right) / Double(max(asked, 1))
        report.finished = batch.count
        report.cellAccuracy = (1 - report.loss) * Double(batch.count)
        return report
      }

      // Yours: one answer a question, from what is known and the question alone.
      public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
        try check(questions, [])
        return (0..<questions.count).map { index in
          let answer = questions.question(index).enumerated().map { self.answer($0, $1) }
          return Prediction(answer: answer, thoughts: options.keepsThoughts ? [answer] : [])
        }
      }

      private func answer(_ cell: Int, _ token: UInt8) -> UInt8 {
        let start = start(cell, token)
        var best = Int(token)
        for label in 1..<context.vocabularyCount
        where counts[start + label] >= trust && counts[start + label] > counts[start + best] {
          best = label
        }
        return UInt8(best)
      }

      private func start(_ cell: Int, _ token: UInt8) -> Int {
        (cell * context.vocabularyCount + Int(token)) * context.vocabularyCount
      }

      /// Checks input before it is used.
      private func check(_ questions: QuestionBatch, _ labels: [UInt8]) throws {
        let cells = context.grid.cells
        guard questions.cells == cells,
          (questions.questions + labels).allSatisfy({ Int($0) < context.vocabularyCount })
        else {
          throw GymError(
            "the questions do not fit this agent",
            expected: "\(cells) cells, and tokens below \(context.vocabularyCount)")
        }
      }

      /// The sizes that a saved state must agree with.
      private var shape: [UInt64] {
        [context.grid.cells, context.vocabularyCount, context.puzzleIdentifiers].map { UInt64($0) }
      }

      // Yours: everything that learning depends on, so that an interrupted run goes on as it was.
      public func save(to folder: URL) throws {
        let numbers = shape + [UInt64(steps)] + counts
        let data = numbers.withUnsafeBytes { Data($0) }
        try data.write(to: folder.appendingPathComponent("counts"))
      }

      public func restore(from folder: URL, forTraining: Bool) throws {
        let url = folder.appendingPathComponent("counts")
        let data = try Data(contentsOf: url)
        var numbers = [UInt64](repeating: 0, count: data.count / 8)
        _ = numbers.withUnsafeMutableBytes { data.copyBytes(to: $0) }
        guard data.count == 8 * (4 + counts.count), Array(numbers.prefix(3)) == shape,
          numbers[3] <= UInt64(Int.max)
        else { throw GymError("the state is another agent's", at: url.path) }
        steps = Int(numbers[3])
        counts = Array(numbers.dropFirst(4))
      }
    }

    """#

  static let tests = #"""
    import Agents
    import Gym
    import GymTesting
    import Testing

    @Suite struct __Name__Tests {
      /// Everything that every agent promises; each failure says what to look at.
      @Test func conforms() {
        let report = Conformance.check(__Name__.self, variants: [[:], ["trust": "2"]])
        #expect(report.isEmpty, "\(report)")
      }

      /// Yours: something that it should be able to learn.
      @Test func itLearnsWhatStandsWhere() throws {
        let context = AgentContext(
          vocabularyCount: 4, grid: GridShape(rows: 1, columns: 3), batchSize: 1, seed: 1,
          workers: 1)
        let agent = try __Name__(settings: Settings(__Name__.settings), context: context)
        let questions = QuestionBatch(cells: 3, questions: [1, 1, 2], identifiers: [0])
        let first = try agent.learn(from: TrainingBatch(questions: questions, labels: [2, 3, 0]))
        let second = try agent.learn(from: TrainingBatch(questions: questions, labels: [2, 3, 0]))
        #expect((first.loss, second.loss) == (1, 0))
        #expect(try agent.solve(questions, options: SolveOptions())[0].answer == [2, 3, 2])
      }
    }

    """#
}
