/// The source and test files of a new agent; `__Name__` and `__id__` stand for its type and name.
enum AgentTemplate {
  static let source = #"""
    import Foundation
    import Gym

    /// Predicts, for each cell and its token in the question, the label seen there most often.
    ///
    /// An agent to start from: change the parts marked "Yours"; the rest can stay as it is.
    /// `Sources/Gym/Agents/Agent.swift` and `LearningAgent.swift` document every member. An agent
    /// that does not learn conforms to `Agent` instead and needs only `solve`.
    public final class __Name__: LearningAgent {
      // Yours: its name and version, a summary for lists, and its settings (`--set trust=3`).
      public static let id = PluginID("__id__", version: 1)
      public static let summary = "Predicts the label seen most often for a cell and its token."
      private static let trust = Setting.integer(
        "trust", "times a label must be seen before it is used", default: 1, in: 1...1000)
      public static let settings = Setting.list(trust)

      private let context: AgentContext
      // Yours: the learned state. Here, the number of times each label was seen, by cell, token and
      // label: [cells, tokens, tokens].
      private let trust: UInt64
      private var counts: [UInt64]
      public private(set) var steps = 0

      public init(settings: Settings, context: AgentContext) throws {
        self.context = context
        trust = UInt64(settings[Self.trust])
        let count = context.grid.cells * context.vocabularyCount * context.vocabularyCount
        guard count <= 1 << 27 else {
          throw GymError("\(count) counts are too many", expected: "a smaller grid or vocabulary")
        }
        counts = [UInt64](repeating: 0, count: count)
      }

      public var parameterCount: Int { counts.count }

      // Yours: one training step on a batch. Labels that are padding are not trained.
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

      // Yours: one prediction per question, whatever the other questions of the batch are.
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

      /// Rejects a batch with other cells or tokens than this agent was made for.
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

      /// The sizes that a saved state must match.
      private var shape: [UInt64] {
        [context.grid.cells, context.vocabularyCount, context.puzzleIdentifiers].map { UInt64($0) }
      }

      // Yours: all state that learning depends on, so that a resumed run continues bit for bit.
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
        else {
          throw GymError(
            "the saved state does not fit this agent", at: url.path,
            expected: "counts for the same cells, tokens and puzzle identifiers")
        }
        steps = Int(numbers[3])
        counts = Array(numbers.dropFirst(4))
      }
    }

    """#

  static let tests = #"""
    import Gym
    import GymAgents
    import GymTesting
    import Testing

    @Suite struct __Name__Tests {
      @Test("It passes the conformance suite with several settings")
      func conforms() {
        let report = Conformance.check(__Name__.self, variants: [[:], ["trust": "2"]])
        #expect(report.isEmpty, "\(report)")
      }

      // Yours: something that it should be able to learn.
      @Test("After one step it predicts the labels that it has seen")
      func learnsLabels() throws {
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
