import GymRandomness

/// The members of the protocols that refine `Task`, for callers that have any task: the task's own
/// if it conforms, and otherwise a default. If the task's own is not optional and this one is, its
/// type is written out: otherwise the optional one would be meant and call itself forever.
extension Task {
  /// The name and version: the type's, except for a `SelfNamedTask`.
  public var id: PluginID { (self as? any SelfNamedTask)?.id ?? Self.id }
  /// A one-line description: the type's, except for a `SelfNamedTask`.
  public var summary: String { (self as? any SelfNamedTask)?.summary ?? Self.summary }

  /// Named intervals of the rating, easiest first; none unless it is a `RatedTask`.
  public var levels: [DifficultyLevel] { (self as? any RatedTask)?.levels ?? [] }
  /// How hard a question is; nil unless it is a `RatedTask`.
  public func rating(of question: [UInt8]) -> Double? {
    (self as? any RatedTask)?.rating(of: question)
  }

  /// Whether a valid question may have several right answers; false unless it is a `SolvableTask`.
  public var allowsSeveralAnswers: Bool {
    (self as? any SolvableTask)?.allowsSeveralAnswers ?? false
  }
  /// Solves a question by the rules alone; `.unsupported` unless it is a `SolvableTask`.
  public func solve(_ question: [UInt8]) throws -> Solution {
    try (self as? any SolvableTask)?.solve(question) ?? .unsupported
  }

  /// The states that a solver passes through; nil unless it is a `TracingTask`.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    (self as? any TracingTask)?.trace(of: question)
  }

  /// Counts for a dataset's manifest; none unless it is a `CountingTask`.
  public func counts(of question: [UInt8]) -> [String: UInt64] {
    (self as? any CountingTask)?.counts(of: question) ?? [:]
  }

  /// The cells that decide whether an answer is right: those whose label is not padding, except for
  /// an `AskedCellsTask`.
  public func askedCells(of example: Example) -> [Int] {
    (self as? any AskedCellsTask)?.askedCells(of: example)
      ?? example.answer.indices.filter { example.answer[$0] != Vocabulary.padding }
  }
}

extension Task {
  /// A random element of the symmetry group; the identity unless it is a `SymmetricTask`.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    (self as? any SymmetricTask)?.randomSymmetry(using: &random) ?? .identity(for: self)
  }

  /// A question's canonical form; nil unless it is a `SymmetricTask`.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    (self as? any SymmetricTask)?.canonicalForm(of: question)
  }

  /// The symmetries, identity first; nil unless it is a `ListedSymmetryTask`.
  public var symmetries: [Symmetry]? {
    guard let task = self as? any ListedSymmetryTask else { return nil }
    let own: [Symmetry] = task.symmetries
    return own
  }

  /// An example's canonical form: that of its question, except for an `EquivalenceTask`.
  public func canonicalForm(of example: Example) -> [UInt8]? {
    if let task = self as? any EquivalenceTask { return task.canonicalForm(of: example) }
    return canonicalForm(of: example.question)
  }

  /// A question or answer moved by a symmetry, as a function: take it once to move many.
  public var transformation: @Sendable ([UInt8], Symmetry) -> [UInt8] {
    guard let task = self as? any CanvasTask else { return { $1.applied(to: $0) } }
    return { task.transform($0, by: $1) }
  }

  /// A question or answer moved by a symmetry: `symmetry.applied(to:)`, except for a `CanvasTask`.
  public func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8] {
    transformation(tokens, symmetry)
  }

  /// An example moved by a symmetry; the rating stays, since symmetries keep it, and so does an
  /// answer that is not given.
  public func transform(_ example: Example, by symmetry: Symmetry) -> Example {
    let moved = transformation
    return Example(
      question: moved(example.question, symmetry),
      answer: example.answer.isEmpty ? [] : moved(example.answer, symmetry),
      rating: example.rating, source: example.source)
  }

  /// An answer that was given as rows of characters; nil unless it is a `CanvasTask`.
  public func answer(ofRows rows: [String]) -> [UInt8]? {
    (self as? any CanvasTask)?.answer(ofRows: rows)
  }

  /// Passes on variants of a puzzle for training, without the puzzle itself: `count` symmetric
  /// copies, and if the group is listed each element at most once, except for an `AugmentingTask`.
  public func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {
    if let task = self as? any AugmentingTask {
      return task.forEachAugmentation(of: puzzle, count: count, using: &random, body)
    }
    let chosen =
      symmetries.map { Array(random.shuffled(Array($0.dropFirst())).prefix(count)) }
      ?? (0..<count).map { _ in randomSymmetry(using: &random) }
    for symmetry in chosen {
      body(
        Puzzle(
          name: puzzle.name,
          demonstrations: puzzle.demonstrations.map { transform($0, by: symmetry) },
          examples: puzzle.examples.map { transform($0, by: symmetry) }))
    }
  }

  /// The variants of a puzzle that `forEachAugmentation` passes on.
  public func augmentations(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream
  ) -> [Puzzle] {
    var variants: [Puzzle] = []
    forEachAugmentation(of: puzzle, count: count, using: &random) { variants.append($0) }
    return variants
  }
}

extension Task {
  /// The file formats that the task reads: CSV, lines and JSON lines, except for a `FormattedTask`.
  public static var formats: [SourceFormat] {
    (self as? any FormattedTask.Type)?.formats ?? [.csv, .lines, .jsonLines]
  }

  /// The alphabets in which text files write cells; none, meaning the vocabulary's characters,
  /// unless it is an `AlphabetTask`.
  public var alphabets: [Alphabet] { (self as? any AlphabetTask)?.alphabets ?? [] }

  /// Reads the puzzles of a file or folder in order: in the formats listed in `formats`, among CSV
  /// (question and, in any order, source, answer, rating), JSON lines with the same names, one
  /// question per line, and grids of characters, except for a `ReadingTask`.
  public func readPuzzles(
    from source: PuzzleSource, _ body: (Puzzle) throws -> Void
  ) throws {
    guard let task = self as? any ReadingTask else {
      return try readTextPuzzles(from: source, body)
    }
    try task.readPuzzles(from: source, body)
  }

  /// Generates one complete puzzle: that of `generate`, except for a `DemonstratedTask`.
  public func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle {
    try (self as? any DemonstratedTask)?.generatePuzzle(request, using: &random)
      ?? Puzzle(generate(request, using: &random))
  }

  /// The text of a file with one puzzle; nil unless it is a `DemonstratedTask`.
  public func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? {
    try (self as? any DemonstratedTask)?.fileText(of: puzzle, as: format)
  }

  /// A picture of a question or answer: a plain grid of characters, except for a `DrawnTask`.
  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    (self as? any DrawnTask)?.draw(question, answer: answer)
      ?? Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
  }

  /// The region of each cell; nil unless it is a `RegionTask`.
  public var regions: [Int]? {
    guard let task = self as? any RegionTask else { return nil }
    let own: [Int] = task.regions
    return own
  }
  /// The tokens that may be renamed into each other; none unless it is an `ExchangeableTask`.
  public var exchangeableTokens: [UInt8] {
    (self as? any ExchangeableTask)?.exchangeableTokens ?? []
  }
  /// The blank token and the tokens that may be clues; nil unless it is a `ClueTask`.
  public var clueTokens: ClueTokens? {
    guard let task = self as? any ClueTask else { return nil }
    let own: ClueTokens = task.clueTokens
    return own
  }
}

/// The base of the protocols that refine `Task`: whoever conforms implements their members.
///
/// The members of `Task` above would satisfy requirements of the same name, so that a task without
/// its own would compile and call itself forever. Those below come first and make that an error.
public protocol TaskAbility: Task {}

@available(*, unavailable, message: "the task must implement it")
extension TaskAbility {
  public var id: PluginID { Self.id }
  public var summary: String { Self.summary }
  public var levels: [DifficultyLevel] { [] }
  public func rating(of question: [UInt8]) -> Double? { nil }
  public var allowsSeveralAnswers: Bool { false }
  public func solve(_ question: [UInt8]) throws -> Solution { .unsupported }
  public func trace(of question: [UInt8]) -> ReasoningTrace? { nil }
  public func counts(of question: [UInt8]) -> [String: UInt64] { [:] }
  public func askedCells(of example: Example) -> [Int] { [] }
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry { .identity(for: self) }
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? { nil }
  public func canonicalForm(of example: Example) -> [UInt8]? { nil }
  public func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8] { tokens }
  public func answer(ofRows rows: [String]) -> [UInt8]? { nil }
  public func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {}
  public static var formats: [SourceFormat] { [] }
  public var alphabets: [Alphabet] { [] }
  public func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {}
  public func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle { Puzzle(try generate(request, using: &random)) }
  public func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? { nil }
  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
  }
  public var exchangeableTokens: [UInt8] { [] }
}
