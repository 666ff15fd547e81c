import Foundation
import Gym
import Randomness
import Runner
import Testing

@Suite struct TrainingBatchesTests {
  @Test func tracesComeToThoseWhoLearnFromThem() throws {
    let test = try TestRun()
    let split = try test.data.split("train")
    let context = try test.configuration().context
    let student = Student(settings: Settings([]), context: context)
    let source = try #require(try TraceSource(for: student, task: TracedTask()))
    var traced = TrainingBatches(split, batchSize: 4, seed: 1, traces: source)
    var plain = TrainingBatches(split, batchSize: 4, seed: 1)
    for _ in 0..<5 {
      let (batch, same) = (try traced.next(), try plain.next())
      #expect(batch.questions == same.questions && batch.labels == same.labels)
      #expect(same.traces.isEmpty)
      for (index, trace) in batch.traces.enumerated() {
        let question = Array(batch.questions.question(index))
        #expect(trace == (question[0] == 1 ? [] : [question, question.map { $0 % 4 + 1 }]))
      }
      #expect(traced.state == plain.state)
    }
  }

  @Test func anAgentThatNeedsTracesNeedsATask() throws {
    let context = try TestRun().configuration().context
    let student = Student(settings: Settings([]), context: context)
    #expect { try TraceSource(for: student, task: nil) } throws: { "\($0)".contains("--task") }
    let toy = ToyAgent(settings: Settings(ToyAgent.settings), context: context)
    #expect(try TraceSource(for: toy, task: nil) == nil)
  }
}

/// The toy task with a trace of two states, where the question does not begin with the letter 1.
private struct TracedTask: Task {
  static let id = PluginID("traced", version: 1)
  static let summary = ""
  let settings = Settings([])
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

private final class Student: LearningAgent {
  static let id = PluginID("student", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  static let learnsFromTraces = true
  let steps = 0

  init(settings: Settings, context: AgentContext) {}

  func learn(from batch: TrainingBatch) -> StepReport { StepReport() }
  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] { [] }
  func save(to folder: URL) {}
  func restore(from folder: URL, forTraining: Bool) {}
}
