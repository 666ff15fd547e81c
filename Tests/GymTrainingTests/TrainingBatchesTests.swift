import Foundation
import Gym
import GymRandomness
import GymTestSupport
import GymTraining
import Testing

@Suite struct TrainingBatchesTests {
  @Test("Agents that learn from traces receive them")
  func tracesComeToThoseWhoLearnFromThem() throws {
    let test = try TestRun()
    let split = try test.data.split("train")
    let context = try test.configuration().context
    let student = Student(settings: Settings([]), context: context)
    let source = try #require(
      try BatchPreparation(for: student, split, of: test.data, task: TracedTask()))
    var traced = TrainingBatches(split, batchSize: 4, seed: 1, preparation: source)
    var plain = TrainingBatches(split, batchSize: 4, seed: 1)
    for _ in 0..<5 {
      let (batch, same) = (try traced.next(), try plain.next())
      #expect(batch.questions == same.questions && batch.labels == same.labels)
      #expect(same.traces.isEmpty && batch.traces.count == 4)
      for (index, trace) in batch.traces.enumerated() {
        let question = Array(batch.questions.question(index))
        #expect(trace == (question[0] == 1 ? [] : [question, question.map { $0 % 4 + 1 }]))
      }
      #expect(traced.state == plain.state)
    }
  }

  /// The task has two right answers to each question. The label is one of them, and the solver
  /// finds it if the question begins with the letter 1 or 2.
  @Test("A trace of a symmetric copy leads to the copy's label, or there is none")
  func tracesLeadToTheLabel() throws {
    let test = try TestRun(splits: ["train": (0..<4).map { [1, 1 + $0] }])
    let split = try test.data.split("train")
    let student = Student(TrainingAugmentation(drawsFreshSymmetry: true, revealed: Schedule(0)))
    let preparation = try #require(
      try BatchPreparation(for: student, split, of: test.data, task: ForkedTask()))
    var traced = TrainingBatches(split, batchSize: 3, seed: 5, preparation: preparation)
    var plain = TrainingBatches(split, batchSize: 3, seed: 5)
    var (found, movedBack) = (0, 0)
    for _ in 0..<20 {
      let (batch, origin) = (try traced.next(), try plain.next())
      for row in 0..<3 {
        let question = Array(batch.questions.question(row))
        let label = Array(batch.labels[row * 6..<(row + 1) * 6])
        let isFound = question[0] < 3 || Array(origin.questions.question(row))[0] < 3
        #expect(batch.traces[row] == (isFound ? [question, label] : []))
        found += isFound ? 1 : 0
        movedBack += isFound && question[0] > 2 ? 1 : 0
      }
    }
    #expect(found < 60 && movedBack > 5, "\(found) of 60, \(movedBack) moved back")
  }

  @Test("An agent that needs traces is rejected without a task")
  func anAgentThatNeedsTracesNeedsATask() throws {
    let test = try TestRun()
    let split = try test.data.split("train")
    let context = try test.configuration().context
    let student = Student(settings: Settings([]), context: context)
    #expect { try BatchPreparation(for: student, split, of: test.data, task: nil) } throws: {
      "\($0)".contains("--task")
    }
    let toy = ToyAgent(settings: Settings(ToyAgent.settings), context: context)
    #expect(try BatchPreparation(for: toy, split, of: test.data, task: nil) == nil)
  }

  @Test("Fresh symmetric copies are refused for a task without symmetries")
  func symmetriesThatAreMissing() throws {
    let test = try TestRun()
    let split = try test.data.split("train")
    let agent = Varied(TrainingAugmentation(drawsFreshSymmetry: true, revealed: Schedule(0)))
    #expect { try BatchPreparation(for: agent, split, of: test.data, task: ToyTask()) } throws: {
      "\($0)".contains("has no symmetries")
    }
  }

  /// An identifier stands for the puzzle as it was, but only to an agent that reads it.
  @Test("Fresh symmetric copies of named puzzles are for agents that read no names")
  func symmetriesOfNamedPuzzles() throws {
    try withTemporaryFolder { folder in
      let data = try TestDataset.write(
        ["train": [[3], [3]]], demonstrations: [1, 1], to: folder.appendingPathComponent("data"))
      let split = try data.split("train")
      let fresh = TrainingAugmentation(drawsFreshSymmetry: true, revealed: Schedule(0))
      #expect {
        try BatchPreparation(for: Varied(fresh), split, of: data, task: RingTask())
      } throws: {
        "\($0)".contains("identifier stands for")
      }
      let unaware = Varied(fresh, readsIdentifiers: false)
      #expect(try BatchPreparation(for: unaware, split, of: data, task: RingTask()) != nil)
    }
  }

  /// Every draw is a different symmetric copy, the same for the same seed, epoch and example,
  /// whatever was drawn before.
  @Test("Fresh symmetric copies depend on seed, epoch and example alone")
  func freshSymmetriesAreAFunctionOfTheDraw() throws {
    let rows = (0..<4).map { [1, 1 + $0] }
    let test = try TestRun(splits: ["train": rows])
    let split = try test.data.split("train")
    let agent = Varied(TrainingAugmentation(drawsFreshSymmetry: true, revealed: Schedule(0)))
    let preparation = try #require(
      try BatchPreparation(for: agent, split, of: test.data, task: RingTask()))
    func batches(_ count: Int, from state: SamplerState = SamplerState()) throws
      -> (made: [TrainingBatch], states: [SamplerState])
    {
      var batches = TrainingBatches(
        split, batchSize: 3, seed: 5, state: state, preparation: preparation)
      var states: [SamplerState] = []
      let made = try (0..<count).map { _ in
        states.append(batches.state)
        return try batches.next()
      }
      return (made, states)
    }
    let (all, states) = try batches(12)
    let (later, _) = try batches(5, from: states[7])
    #expect(Array(all[7...]) == later)
    var plain = TrainingBatches(split, batchSize: 3, seed: 5)
    var moved = 0
    for batch in all {
      let same = try plain.next()
      for row in 0..<3 {
        let question = Array(batch.questions.question(row))
        let copies = RingTask().symmetries.map {
          $0.applied(to: Array(same.questions.question(row)))
        }
        #expect(copies.contains(question))
        // The label moves along.
        #expect(Array(batch.labels[row * 6..<(row + 1) * 6]) == question.map { $0 % 4 + 1 })
        moved += question == Array(same.questions.question(row)) ? 0 : 1
      }
    }
    #expect(moved > 18, "\(moved) of 36 draws were moved")
  }

  /// The second puzzle is of a held-out question: nothing of it is drawn.
  @Test("Demonstrations come with their questions, moved by the same symmetry")
  func demonstrationsMoveWithTheirQuestions() throws {
    try withTemporaryFolder { folder in
      let data = try TestDataset.write(
        ["train": [[3], [3], [2]]], demonstrations: [2, 3, 1],
        to: folder.appendingPathComponent("data"))
      let split = try data.split("train")
      let agent = Varied(
        TrainingAugmentation(drawsFreshSymmetry: true, revealed: Schedule(0)),
        learnsFromDemonstrations: true)
      let preparation = try #require(
        try BatchPreparation(for: agent, split, of: data, task: RingTask()))
      var batches = TrainingBatches(split, batchSize: 5, seed: 2, preparation: preparation)
      // The examples that explain each one.
      let explained = [0: [1], 1: [0], 2: [0, 1], 6: [], 7: [6]]
      var drawn: Set<Int> = []
      for _ in 0..<20 {
        let batch = try batches.next().questions
        for row in 0..<batch.count {
          let origins = try explained.filter { example, others in
            try RingTask().symmetries.contains { symmetry in
              func moved(_ index: Int) throws -> [UInt8] {
                symmetry.applied(to: try split.example(index).question)
              }
              return try moved(example) == Array(batch.question(row))
                && others.map(moved) == batch.demonstrations[row].map(\.question)
            }
          }
          #expect(!origins.isEmpty)
          drawn.formUnion(origins.keys)
          for shown in batch.demonstrations[row] {
            #expect(shown.answer == shown.question.map { $0 % 4 + 1 })
          }
        }
      }
      #expect(drawn == Set(explained.keys))
    }
  }

  @Test("Settings about traces are rejected for a task that has none")
  func settingsOfTracesNeedTraces() throws {
    let test = try TestRun()
    let split = try test.data.split("train")
    let student = Student(.none, settingsOfTraces: ["control"])
    #expect { try BatchPreparation(for: student, split, of: test.data, task: ToyTask()) } throws: {
      "\($0)".contains("successor@1 has no reasoning traces") && "\($0)".contains("control")
    }
    #expect(
      try BatchPreparation(for: student, split, of: test.data, task: TracedTask()) != nil)
    #expect(
      try BatchPreparation(for: Student(.none), split, of: test.data, task: ToyTask()) != nil)
  }

  @Test("Augmentations that a task does not allow are rejected")
  func whatATaskDoesNotAllowIsRefused() throws {
    let test = try TestRun()
    let split = try test.data.split("train")
    let reveals = Varied(
      TrainingAugmentation(drawsFreshSymmetry: false, revealed: Schedule(0.5)))
    #expect { try BatchPreparation(for: reveals, split, of: test.data, task: ToyTask()) } throws: {
      "\($0)".contains("no blanks")
    }
    let reader = Varied(.none, learnsFromDemonstrations: true)
    #expect { try BatchPreparation(for: reader, split, of: test.data, task: ToyTask()) } throws: {
      "\($0)".contains("no puzzle has any")
    }
    let fresh = Varied(TrainingAugmentation(drawsFreshSymmetry: true, revealed: Schedule(0)))
    #expect { try BatchPreparation(for: fresh, split, of: test.data, task: nil) } throws: {
      "\($0)".contains("--task")
    }
  }

  @Test("Revealed cells are those of the answer")
  func revealedCellsAreTheAnswers() {
    let tokens = ClueTokens(blank: 1, clues: [2, 3])
    var random = RandomStream(seed: 3, "reveal")
    let (question, answer): ([UInt8], [UInt8]) = ([1, 1, 1, 2, 1, 0], [2, 3, 4, 2, 2, 0])
    var seen = Set<[UInt8]>()
    for _ in 0..<200 {
      let revealed = tokens.revealing(0.5, of: question, answer: answer, using: &random)
      for (token, (old, right)) in zip(revealed, zip(question, answer)) {
        #expect(token == old || old == 1 && token == right && right != 4)
      }
      seen.insert(revealed)
    }
    #expect(seen.count == 8)
    #expect(tokens.revealing(0, of: question, answer: answer, using: &random) == question)
  }
}

/// An agent that requests varied examples.
private final class Varied: LearningAgent {
  static let id = PluginID("varied", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  let steps = 0
  let augmentation: TrainingAugmentation

  let learnsFromDemonstrations: Bool
  let readsIdentifiers: Bool

  init(
    _ augmentation: TrainingAugmentation, learnsFromDemonstrations: Bool = false,
    readsIdentifiers: Bool = true
  ) {
    self.augmentation = augmentation
    self.learnsFromDemonstrations = learnsFromDemonstrations
    self.readsIdentifiers = readsIdentifiers
  }
  init(settings: Settings, context: AgentContext) {
    (augmentation, learnsFromDemonstrations, readsIdentifiers) = (.none, false, true)
  }

  func learn(from batch: TrainingBatch) -> StepReport { StepReport() }
  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] { [] }
  func save(to folder: URL) {}
  func restore(from folder: URL, forTraining: Bool) {}
}

/// The toy task with a trace of two states, if the question does not begin with the letter 1.
private struct TracedTask: Task, TracingTask {
  static let id = PluginID("traced", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = ToyTask().vocabulary
  let grid = ToyTask().grid

  init(settings: Settings = Settings([])) {}

  func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard question[0] != 1 else { return nil }
    return ReasoningTrace([
      .init(.question, question), .init(.answer, question.map { $0 % 4 + 1 }),
    ])
  }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    ToyTask().generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    ToyTask().verify(answer, for: example)
  }
}

/// A ring of letters whose right answers are the letters before and the letters after.
private struct ForkedTask: Task, TracingTask, ListedSymmetryTask {
  static let id = PluginID("forked", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = ToyTask().vocabulary
  let grid = ToyTask().grid
  let symmetries = RingTask().symmetries

  init(settings: Settings = Settings([])) {}

  func trace(of question: [UInt8]) -> ReasoningTrace? {
    let distance: UInt8 = question[0] < 3 ? 1 : 3
    return ReasoningTrace([
      .init(.question, question), .init(.answer, question.map { ($0 - 1 + distance) % 4 + 1 }),
    ])
  }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    ToyTask().generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    ToyTask().verify(answer, for: example)
  }
}

private final class Student: LearningAgent {
  static let id = PluginID("student", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  static let learnsFromTraces = true
  let steps = 0
  let augmentation: TrainingAugmentation
  let settingsOfTraces: [String]

  init(_ augmentation: TrainingAugmentation, settingsOfTraces: [String] = []) {
    (self.augmentation, self.settingsOfTraces) = (augmentation, settingsOfTraces)
  }
  init(settings: Settings, context: AgentContext) {
    (augmentation, settingsOfTraces) = (.none, [])
  }

  func learn(from batch: TrainingBatch) -> StepReport { StepReport() }
  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] { [] }
  func save(to folder: URL) {}
  func restore(from folder: URL, forTraining: Bool) {}
}
