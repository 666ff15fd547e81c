import GymRandomness

/// A kind of puzzle: how to generate and verify it.
///
/// A task is a value made from validated settings, such as its size. It implements every
/// requirement here; none has a default. What it knows beyond that it says by conforming to
/// protocols that refine this one:
///
/// - ``RatedTask``, ``SolvableTask``, ``TracingTask``, ``CountingTask`` and ``AskedCellsTask`` for
///   questions and answers;
/// - ``SymmetricTask``, ``ListedSymmetryTask``, ``EquivalenceTask``, ``AugmentingTask`` and
///   ``CanvasTask`` for puzzles that are equivalent;
/// - ``FormattedTask``, ``AlphabetTask``, ``ReadingTask`` and ``DemonstratedTask`` for files;
/// - ``DrawnTask``, ``RegionTask``, ``ExchangeableTask``, ``ClueTask`` and ``SelfNamedTask`` for
///   readers and agents.
///
/// Write each conformance as an extension, `extension LightsUp: SolvableTask`: if a member is
/// missing or misspelt there, the extension does not compile. Callers need not ask what a task
/// conforms to: `solve` of any task is its own, or says `.unsupported`.
///
/// Tasks never see agents; agents see only tokens. Where this module is imported, write
/// `_Concurrency.Task` for the `Task` of Swift concurrency.
public protocol Task: Sendable {
  /// The name and version, such as `sudoku-extreme@1`. Any change of rules, generator or tokens
  /// needs a new version, since items are pure functions of them.
  static var id: PluginID { get }

  /// A one-line description of the puzzle.
  static var summary: String { get }

  /// The settings that a user can change, with defaults and limits.
  static var settings: [Setting] { get }

  /// Makes the task from settings that are within their limits. Throws a `GymError` if their
  /// combination is impossible.
  init(settings: Settings) throws

  /// The settings that this value was made from.
  var settings: Settings { get }

  /// The rules in a few sentences, for readers who do not know the puzzle: people and language
  /// models. They say how a question looks and what a right answer holds, in 40 to 1000 characters
  /// without line breaks.
  var rules: String { get }

  /// The meaning of each token except padding, each in one entry, and of places such as regions.
  var legend: [LegendEntry] { get }

  /// The tokens, and the character of each in text files and drawings.
  var vocabulary: Vocabulary { get }

  /// The shape of the cells of a question and of an answer.
  var grid: GridShape { get }

  /// Generates one puzzle: a pure function of the request and the stream.
  ///
  /// `verify` must accept the answer. Throws a `GymError` if the request cannot be met; it must not
  /// search forever.
  func generate(_ request: GenerationRequest, using random: inout RandomStream) throws -> Example

  /// Judges an answer by the rules. `answer` may hold any tokens, and any number of them, and so
  /// may the example's question and label; the label may be empty.
  ///
  /// A wrong answer is a verdict, not an error. Only a task that cannot judge at all throws, such
  /// as one whose process crashed; whoever asked then stops.
  func verify(_ answer: [UInt8], for example: Example) throws -> Verdict
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
  /// Checks that a dataset, or a split of one, has the task's cells and tokens, and that the
  /// regions and exchangeable tokens, of which agents are told, are of these.
  ///
  /// - Parameter what: what errors call it: "the dataset".
  /// - Throws: a `GymError` if not.
  public func checkFits(_ what: String, cells: Int, tokens: Int, at place: String) throws {
    guard cells == grid.cells, tokens == vocabulary.count else {
      throw GymError(
        "\(what) has \(cells) cells and \(tokens) tokens", at: place,
        expected: "\(grid.cells) and \(vocabulary.count), as \(id) has")
    }
    if let regions, regions.count != cells || !regions.allSatisfy((0..<cells).contains) {
      throw GymError(
        "\(id) has regions that do not fit its cells",
        expected: "\(cells) numbers, each from 0 and below \(cells)",
        remedy: "This is a fault of the task: report it.")
    }
    let exchangeable = exchangeableTokens
    guard Set(exchangeable).count == exchangeable.count,
      exchangeable.allSatisfy((1..<UInt8(tokens)).contains)
    else {
      throw GymError(
        "\(id) calls the tokens \(exchangeable) exchangeable",
        expected: "different ones from 1, below \(tokens)",
        remedy: "This is a fault of the task: report it.")
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
