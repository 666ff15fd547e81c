import GymRandomness

extension Task {
  public var id: PluginID { Self.id }
  public var summary: String { Self.summary }
  public var rules: String { summary }
  public var legend: [LegendEntry] { [] }
  public static var settings: [Setting] { [] }
  public static var formats: [SourceFormat] { [.csv, .lines] }
  public var levels: [DifficultyLevel] { [] }
  public var alphabets: [Alphabet] { [] }
  public var symmetries: [Symmetry]? { nil }
  public var allowsSeveralAnswers: Bool { false }

  public func askedCells(of example: Example) -> [Int] {
    example.answer.indices.filter { example.answer[$0] != Vocabulary.padding }
  }

  public var regions: [Int]? { nil }
  public var exchangeableTokens: [UInt8] { [] }
  public var clueTokens: ClueTokens? { nil }
  public func rating(of question: [UInt8]) -> Double? { nil }
  public func solve(_ question: [UInt8]) -> Solution { .unsupported }
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? { nil }
  public func canonicalForm(of example: Example) -> [UInt8]? {
    canonicalForm(of: example.question)
  }

  public func symmetryInvariant(of example: Example) -> UInt64? { nil }
  public func counts(of question: [UInt8]) -> [String: UInt64] { [:] }
  public func trace(of question: [UInt8]) -> ReasoningTrace? { nil }

  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    random.element(of: symmetries ?? []) ?? Symmetry.identity(for: self)
  }

  public func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8] {
    symmetry.applied(to: tokens)
  }

  public func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle {
    Puzzle(try generate(request, using: &random))
  }

  public func placed(_ examples: [Example], using random: inout RandomStream) -> [Example] {
    examples
  }

  public func answer(ofRows rows: [String]) -> [UInt8]? { nil }
  public func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? { nil }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
  }

  /// An example moved by a symmetry; the rating stays, since symmetries keep it.
  public func transform(_ example: Example, by symmetry: Symmetry) -> Example {
    Example(
      question: transform(example.question, by: symmetry),
      answer: transform(example.answer, by: symmetry),
      rating: example.rating, source: example.source)
  }

  public func augmentations(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream
  ) -> [Puzzle] {
    let chosen: [Symmetry]
    if let all = symmetries {
      chosen = Array(random.shuffled(Array(all.dropFirst())).prefix(count))
    } else {
      chosen = (0..<count).map { _ in randomSymmetry(using: &random) }
    }
    return chosen.map { symmetry in
      Puzzle(
        name: puzzle.name,
        demonstrations: puzzle.demonstrations.map { transform($0, by: symmetry) },
        examples: puzzle.examples.map { transform($0, by: symmetry) })
    }
  }

  public func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {
    augmentations(of: puzzle, count: count, using: &random).forEach(body)
  }
}

extension Task {
  /// Makes the task from values as written after `--set`; all others keep their defaults.
  ///
  /// - Throws: a `GymError` if the task does not know a name, or a value is not allowed.
  public init(_ values: [String: String]) throws {
    var settings = Settings(Self.settings)
    for (name, text) in values.sorted(by: { $0.key < $1.key }) {
      try settings.set(name, to: text)
    }
    try self.init(settings: settings)
  }
}

extension Task {
  /// Checks that a dataset, or a split of one, has the task's cells and tokens.
  ///
  /// - Parameter what: what errors call it: "the dataset".
  /// - Throws: a `GymError` if it does not.
  public func checkFits(_ what: String, cells: Int, tokens: Int, at place: String) throws {
    guard cells == grid.cells, tokens == vocabulary.count else {
      throw GymError(
        "\(what) has \(cells) cells and \(tokens) tokens", at: place,
        expected: "\(grid.cells) and \(vocabulary.count), as \(id) has")
    }
  }
}

extension Task {
  /// The level that the task is named after, such as `extreme` of `sudoku-extreme`, if puzzles of a
  /// mean rating are easier than it; nil if they are not, or if the task is not named after a
  /// level.
  public func missedLevel(meanRating: Double) -> DifficultyLevel? {
    levelsByDefault.first { level in
      id.name.hasSuffix("-\(level.name)") && meanRating < level.rating.lowerBound
    }
  }

  /// The levels at the task's default settings: a smaller board may lack the one in the name.
  private var levelsByDefault: [DifficultyLevel] {
    (try? Self(settings: Settings(Self.settings)))?.levels ?? levels
  }
}

extension Task {
  /// Whether nobody knows the right answer to an example: its label is padding alone, and the task
  /// has no solver, as with a competition's test questions.
  ///
  /// - Throws: the task's error if its solver cannot be asked.
  public func hasUnknownAnswer(_ example: Example) throws -> Bool {
    guard example.answer.allSatisfy({ $0 == Vocabulary.padding }) else { return false }
    if case .unsupported = try solve(example.question) { return true }
    return false
  }
}
