import Randomness

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
