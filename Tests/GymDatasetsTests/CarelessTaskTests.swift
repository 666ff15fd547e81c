import Gym
import GymDatasets
import GymTestSupport
import Testing

/// A task that accepts everything: only whoever writes its puzzles can find what is wrong.
private struct Careless: Task, AugmentingTask {
  static let id = PluginID("careless", version: 1)
  static let summary = "Write anything."
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("_ab")
  let grid = GridShape(rows: 1, columns: 2)
  var token: UInt8 = 2
  var variant: [UInt8] = [1, 2]

  init(settings: Settings) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    Example(question: [1, token], answer: [1, 1])
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }

  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) { body(Puzzle(Example(question: variant, answer: [1, 1]))) }
}

@Suite("A task's faults end a generation with an error that names them") struct CarelessTaskTests {
  private func generate(
    _ request: GenerationRequest = GenerationRequest(), _ change: (inout Careless) -> Void
  ) throws -> DatasetManifest {
    let scratch = try TemporaryFolder()
    var task = Careless(settings: Settings([]))
    change(&task)
    var generator = DatasetGenerator(counts: ["train": 2], seed: 1)
    (generator.augmentations, generator.request) = (1, request)
    _ = try generator.generate(task, to: scratch["d"], control: .workers(1))
    let data = try Dataset(scratch["d"])
    try data.split("train").checkTokens()
    return try #require(data.manifest)
  }

  @Test("A token that is not in the vocabulary")
  func unknownToken() {
    let error = failure { _ = try generate { $0.token = 3 } }
    #expect(error.contains("careless@1 made the token 3, with a vocabulary of 3"), "\(error)")
    #expect(error.contains("item 0 of train"), "\(error)")
  }

  @Test("A variant of another size", arguments: [[1], [1, 2, 1]] as [[UInt8]])
  func wrongVariant(_ variant: [UInt8]) {
    let error = failure { _ = try generate { $0.variant = variant } }
    #expect(error.contains("a variant of another size"), "\(error)")
  }

  @Test("An interval of ratings without end is no fault: the greatest number ends it in files")
  func endlessRatings() throws {
    let request = GenerationRequest(rating: -Double.infinity...Double.infinity)
    let rating = try generate(request) { _ in }.origin["rating"]?.array?.map(\.number)
    #expect(rating == [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude])
  }
}
