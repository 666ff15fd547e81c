import Foundation
import Gym
import Testing

/// The least that a task can be.
private struct Bare: Task {
  static let id = PluginID("bare", version: 1)
  static let summary = "Repeat the token."
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = ""
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("_ab")
  let grid = GridShape(rows: 1, columns: 2)

  init(settings: Settings) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    Example(question: [1, 0], answer: [1, 0])
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }
}

/// A task with all abilities, each of which differs from the default.
private struct Able: Task {
  static let id = Bare.id
  static let summary = Bare.summary
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = ""
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("_ab")
  let grid = GridShape(rows: 1, columns: 2)
  let id = PluginID("able", version: 2)
  let summary = "Own summary."

  init(settings: Settings) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    Example(question: [1, 0], answer: [1, 0])
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }
}

extension Able: SelfNamedTask {}

extension Able: RatedTask, SolvableTask, TracingTask, CountingTask, AskedCellsTask {
  var levels: [DifficultyLevel] { [DifficultyLevel("own", rating: 0...1)] }
  var allowsSeveralAnswers: Bool { true }
  func rating(of question: [UInt8]) -> Double? { 7 }
  func solve(_ question: [UInt8]) -> Solution { .several(question) }
  func trace(of question: [UInt8]) -> ReasoningTrace? { ReasoningTrace([.init(.answer, question)]) }
  func counts(of question: [UInt8]) -> [String: UInt64] { ["own": 7] }
  func askedCells(of example: Example) -> [Int] { [1] }
}

extension Able: SymmetricTask, EquivalenceTask, AugmentingTask, CanvasTask {
  static let swap = Symmetry(cells: [1, 0], tokens: [0, 1, 2])

  func randomSymmetry(using random: inout RandomStream) -> Symmetry { Self.swap }
  func canonicalForm(of question: [UInt8]) -> [UInt8]? { [7] }
  func canonicalForm(of example: Example) -> [UInt8]? { [8] }
  func symmetryInvariant(of example: Example) -> UInt64? { 9 }
  func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8] { [7, 7] }
  func placed(_ examples: [Example], using random: inout RandomStream) -> [Example] { [] }
  func answer(ofRows rows: [String]) -> [UInt8]? { [7] }

  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) { body(Puzzle(name: "own", examples: [])) }
}

extension Able: AlphabetTask, ReadingTask, DemonstratedTask {
  static let formats: [SourceFormat] = [.arcJSON]
  var alphabets: [Alphabet] { [Alphabet("own", characters: [(1, "x")])] }

  func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    try body(Puzzle(name: "own", examples: []))
  }

  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle { Puzzle(name: "own", examples: []) }

  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? { "own" }
}

extension Able: DrawnTask, RegionTask, ExchangeableTask, ClueTask {
  var regions: [Int] { [0, 1] }
  var exchangeableTokens: [UInt8] { [1, 2] }
  var clueTokens: ClueTokens { ClueTokens(blank: 1, clues: [2]) }

  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    Drawing(grid: grid, cells: [.init("o", .wall), .init("w", .wall)])
  }
}

/// Two tokens that may change places.
private struct Listed: Task, ListedSymmetryTask {
  static let id = PluginID("listed", version: 1)
  static let summary = Bare.summary
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = ""
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("_ab")
  let grid = GridShape(rows: 1, columns: 2)
  let symmetries = [Symmetry(cells: [0, 1], tokens: [0, 1, 2]), Able.swap]

  init(settings: Settings) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    Example(question: [1, 2], answer: [1, 2])
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }
}

/// Says anything of its two cells and two tokens.
private struct Misfit: Task, RegionTask, ExchangeableTask {
  static let id = PluginID("misfit", version: 1)
  static let summary = Bare.summary
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = ""
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("_ab")
  let grid = GridShape(rows: 1, columns: 2)
  var regions = [0, 1]
  var exchangeableTokens: [UInt8] = [1, 2]

  init(settings: Settings) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    Example(question: [1, 2], answer: [1, 2])
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }
}

@Suite("Callers find what a task knows, without knowing its type") struct TaskAbilitiesTests {
  private let example = Example(question: [1, 0], answer: [2, 0])
  private let source = PuzzleSource(URL(fileURLWithPath: "/nowhere"))

  @Test("A task's own members are called")
  func ownMembers() throws {
    let task: any Task = Able(settings: Settings([]))
    var random = RandomStream(seed: 1, "abilities")
    #expect("\(task.id)" == "able@2" && task.summary == "Own summary.")
    #expect(task.levels.map(\.name) == ["own"] && task.rating(of: [1, 0]) == 7)
    #expect(try task.allowsSeveralAnswers && task.solve([1, 0]) == .several([1, 0]))
    #expect(task.trace(of: [1, 0])?.steps.count == 1 && task.counts(of: [1, 0]) == ["own": 7])
    #expect(task.askedCells(of: example) == [1])
    #expect(task.randomSymmetry(using: &random) == Able.swap && task.symmetries == nil)
    #expect(task.canonicalForm(of: [1, 0]) == [7] && task.canonicalForm(of: example) == [8])
    #expect(task.answer(ofRows: ["a"]) == [7])
    #expect(task.transform([1, 2], by: Able.swap) == [7, 7])
    #expect(task.transform(example, by: Able.swap).answer == [7, 7])
    let variants = task.augmentations(of: Puzzle(example), count: 3, using: &random)
    #expect(variants.map(\.name) == ["own"])
    #expect(type(of: task).formats == [.arcJSON] && task.alphabets.count == 1)
    try task.readPuzzles(from: source) { #expect($0.name == "own") }
    #expect(try task.generatePuzzle(GenerationRequest(), using: &random).name == "own")
    #expect(try task.fileText(of: Puzzle(example), as: .csv) == "own")
    #expect(task.draw([1, 0], answer: nil).cells.map(\.text) == ["o", "w"])
    #expect(task.regions == [0, 1] && task.exchangeableTokens == [1, 2])
    #expect(task.clueTokens?.blank == 1)
  }

  @Test("Generic callers and callers that know an ability find the same")
  func otherCallers() throws {
    func rating(_ task: some Task) -> Double? { task.rating(of: [1, 0]) }
    func formats<Subject: Task>(_: Subject.Type) -> [SourceFormat] { Subject.formats }
    let able = Able(settings: Settings([]))
    let (rated, solvable): (any RatedTask, any SolvableTask) = (able, able)
    #expect(rating(able) == 7 && rated.rating(of: [1, 0]) == 7)
    #expect(try solvable.allowsSeveralAnswers && solvable.solve([1, 0]) == .several([1, 0]))
    #expect(formats(Able.self) == [.arcJSON] && formats(Bare.self) == [.csv, .lines, .jsonLines])
  }

  @Test("A task that knows nothing more gets the defaults")
  func defaults() throws {
    let task: any Task = Bare(settings: Settings([]))
    var random = RandomStream(seed: 1, "abilities")
    #expect(task.id == Bare.id && task.summary == Bare.summary)
    #expect(task.levels.isEmpty && task.rating(of: [1, 0]) == nil)
    #expect(try !task.allowsSeveralAnswers && task.solve([1, 0]) == .unsupported)
    #expect(task.trace(of: [1, 0]) == nil && task.counts(of: [1, 0]).isEmpty)
    #expect(task.askedCells(of: example) == [0])
    #expect(task.randomSymmetry(using: &random) == .identity(for: task) && task.symmetries == nil)
    #expect(task.canonicalForm(of: [1, 0]) == nil && task.canonicalForm(of: example) == nil)
    #expect(task.answer(ofRows: ["a"]) == nil)
    #expect(task.transform([1, 2], by: Able.swap) == [2, 1])
    #expect(task.transform(example, by: Able.swap).answer == [0, 2])
    let unanswered = Example(question: [1, 0], answer: [])
    #expect(task.transform(unanswered, by: Able.swap) == Example(question: [0, 1], answer: []))
    let variants = task.augmentations(of: Puzzle(example), count: 2, using: &random)
    #expect(variants == [Puzzle(example), Puzzle(example)])
    #expect(type(of: task).formats == [.csv, .lines, .jsonLines] && task.alphabets.isEmpty)
    #expect(throws: GymError.self) { try task.readPuzzles(from: source) { _ in } }
    let puzzle = try task.generatePuzzle(GenerationRequest(), using: &random)
    #expect(puzzle == Puzzle(Example(question: [1, 0], answer: [1, 0])))
    #expect(try task.fileText(of: puzzle, as: .csv) == nil)
    #expect(task.draw([1, 0], answer: nil).cells.map(\.text).first == "a")
    #expect(task.regions == nil && task.exchangeableTokens.isEmpty && task.clueTokens == nil)
  }

  @Test("What agents are told of a task must fit its cells and tokens")
  func checkedFacts() throws {
    func check(_ change: (inout Misfit) -> Void) throws {
      var task = Misfit(settings: Settings([]))
      change(&task)
      try task.checkFits("the dataset", cells: 2, tokens: 3, at: "data")
    }
    try check { _ in }
    try check { $0.exchangeableTokens = [] }
    for regions in [[], [0], [0, 1, 1], [0, 2], [-1, 0]] {
      #expect(throws: GymError.self) { try check { $0.regions = regions } }
    }
    for tokens: [UInt8] in [[0, 1], [1, 3], [2, 2]] {
      #expect(throws: GymError.self) { try check { $0.exchangeableTokens = tokens } }
    }
  }

  @Test("Listed symmetries give random ones, variants and canonical forms")
  func listedSymmetries() {
    let task: any Task = Listed(settings: Settings([]))
    var random = RandomStream(seed: 1, "abilities")
    let drawn = Set((0..<50).map { _ in task.randomSymmetry(using: &random) })
    #expect(drawn == Set(task.symmetries ?? []) && drawn.count == 2)
    #expect(task.canonicalForm(of: [2, 1]) == [1, 2] && task.canonicalForm(of: [1]) == nil)
    #expect(task.canonicalForm(of: Example(question: [2, 1], answer: [2, 2])) == [1, 2])
    let puzzle = Puzzle(Example(question: [1, 2], answer: [1, 2]))
    let variants = task.augmentations(of: puzzle, count: 5, using: &random)
    #expect(variants.map(\.examples[0].question) == [[2, 1]])
  }
}
