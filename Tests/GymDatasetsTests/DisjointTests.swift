import Gym
import GymDatasets
import GymRandomness
import GymTestSupport
import Testing

/// A task whose puzzles have demonstrations, of the same classes as its questions: the sets of four
/// tokens.
private struct Shown: Task, SymmetricTask, DemonstratedTask {
  static let id = PluginID("shown", version: 1)
  static let summary = "Repeat the tokens."
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("~abcdefg")
  let grid = GridShape(rows: 1, columns: 4)

  init(settings: Settings = Settings([])) {}

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let tokens = (0..<4).map { _ in UInt8(1 + random.below(7)) }
    return Example(question: tokens, answer: tokens)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }

  func randomSymmetry(using random: inout RandomStream) -> Symmetry { .identity(for: self) }

  func canonicalForm(of question: [UInt8]) -> [UInt8]? { question.sorted() }

  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle {
    let shown = try (0..<2).map { _ in try generate(request, using: &random) }
    return Puzzle(demonstrations: shown, examples: [try generate(request, using: &random)])
  }

  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? { nil }
}

@Suite struct DisjointTests {
  @Test("Disjoint splits share no puzzle with each other's demonstrations")
  func demonstrationsAreDisjointToo() throws {
    let scratch = try TemporaryFolder()
    var generator = DatasetGenerator(counts: ["train": 200, "test": 40], seed: 1)
    generator.isDisjoint = true
    _ = try generator.generate(Shown(), to: scratch["d"], control: .workers(2))
    let data = try Dataset(scratch["d"])
    #expect(data.splits.map(\.count) == [680, 40])
    #expect(try !DatasetCheck([data], task: Shown()).run(.workers(2)).hasLeak)
    #expect(try LeakageCheck(task: Shown(), control: .workers(2)).leaks(in: data).isEmpty)
  }

  @Test("A held-out split of few classes is noted")
  func fewClassesAreNoted() throws {
    let scratch = try TemporaryFolder()
    // All questions have one blank, which is one class.
    _ = try DatasetGenerator(counts: ["test": 20], seed: 1)
      .generate(Toy(), to: scratch["toy"], control: .workers(1))
    let note = try Dataset(scratch["toy"]).split("test").fewClassesNote(for: Toy())
    #expect(note?.hasPrefix("test: 20 puzzles are of 1 class up to symmetry") == true)
    _ = try DatasetGenerator(counts: ["test": 20], seed: 1)
      .generate(Shown(), to: scratch["shown"], control: .workers(1))
    #expect(try Dataset(scratch["shown"]).split("test").fewClassesNote(for: Shown()) == nil)
  }
}
