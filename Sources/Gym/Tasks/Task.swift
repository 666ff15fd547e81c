import GymRandomness

/// A kind of puzzle: how to generate, read, draw and verify it.
///
/// A task is a value made from validated settings, such as its size. It must provide an identifier,
/// a vocabulary, a grid, a generator and a verifier; everything else has a default, which a task
/// can override if it knows better. Tasks never see agents; agents see only tokens.
///
/// Where this module is imported, write `_Concurrency.Task` for the `Task` of Swift concurrency.
public protocol Task: Sendable {
  /// The name and version, such as `sudoku-extreme@1`. Any change of rules, generator or tokens
  /// needs a new version, since items are pure functions of them.
  static var id: PluginID { get }

  /// The name and version of this value. Default: its type's. (A task in an external process has
  /// its own.)
  var id: PluginID { get }

  /// A one-line description of the puzzle.
  static var summary: String { get }

  /// A one-line description of this value. Default: its type's.
  var summary: String { get }

  /// The rules in a few sentences, for readers who do not know the puzzle: people and language
  /// models. They say how a question looks and what a right answer holds. Default: the summary.
  var rules: String { get }

  /// The meaning of each token except padding, and of places such as regions. Default: none, which
  /// the conformance suite does not accept.
  var legend: [LegendEntry] { get }

  /// The settings that a user can change, with defaults and limits. Default: none.
  static var settings: [Setting] { get }

  /// Makes the task from settings that are within their limits. Throws a `GymError` if their
  /// combination is impossible.
  init(settings: Settings) throws

  /// The settings that this value was made from.
  var settings: Settings { get }

  /// The tokens, and the character of each in text files and drawings.
  var vocabulary: Vocabulary { get }

  /// The shape of the cells of a question and of an answer.
  var grid: GridShape { get }

  /// The region of each cell, from 0: groups of cells, beyond rows and columns, that belong
  /// together
  /// (the boxes of a Sudoku). Agents may be told them, as they are told rows and columns. Default:
  /// nil, meaning that there are none.
  var regions: [Int]? { get }

  /// The tokens that stand for themselves alone: renamed into each other, in question and answer
  /// alike and with every cell in its place, a puzzle stays the same puzzle (the digits of a
  /// Sudoku,
  /// the colors of ARC except black). Agents may share their weights over them. Default: none.
  var exchangeableTokens: [UInt8] { get }

  /// Generates one puzzle: a pure function of the request and the stream.
  ///
  /// `verify` must accept the answer. Throws a `GymError` if the request cannot be met; it must not
  /// search forever.
  func generate(_ request: GenerationRequest, using random: inout RandomStream) throws -> Example

  /// Judges an answer by the rules. `answer` may hold any tokens, and any number of them.
  ///
  /// A wrong answer is a verdict, not an error. Only a task that cannot judge at all throws, such
  /// as one whose process crashed; whoever asked then stops.
  func verify(_ answer: [UInt8], for example: Example) throws -> Verdict

  // MARK: What a task may know more about (all defaulted)

  /// The cells of an answer that decide whether it is right. Default: those whose label is not
  /// padding. (ARC: those of the grid, without the border that ends it.)
  func askedCells(of example: Example) -> [Int]

  /// Named intervals of the rating, easiest first. Default: none.
  var levels: [DifficultyLevel] { get }

  /// How hard a question is, in the task's own unit (Sudoku: number of guesses). Default: nil.
  func rating(of question: [UInt8]) -> Double?

  /// Whether a valid question may have several right answers (a maze has several shortest paths).
  /// If false, a question with more than one solution is rejected as faulty. Default: false.
  var allowsSeveralAnswers: Bool { get }

  /// Solves a question by the rules alone. Throws only if the solver itself failed, such as a
  /// process that crashed. Default: `.unsupported`.
  func solve(_ question: [UInt8]) throws -> Solution

  /// A random element of the symmetry group. Default: the identity.
  func randomSymmetry(using random: inout RandomStream) -> Symmetry

  /// The group's elements, identity first, if they are few enough to list. Default: nil.
  var symmetries: [Symmetry]? { get }

  /// A question or answer moved by a symmetry. Default: `symmetry.applied(to:)`.
  func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8]

  /// A question's canonical form: two questions have the same one if and only if a symmetry maps
  /// one to the other. Default: nil, meaning that it cannot be computed.
  func canonicalForm(of question: [UInt8]) -> [UInt8]?

  /// An example's canonical form, which decides whether two splits share a puzzle. Default: that of
  /// its question. (ARC: that of question and answer, since one question may occur under two
  /// rules.)
  func canonicalForm(of example: Example) -> [UInt8]?

  /// The blank token and the tokens that may be clues, if the task's questions are answers with
  /// cells left out; training may then add clues. Default: nil.
  var clueTokens: ClueTokens? { get }

  /// A cheap number that is equal for equivalent examples and rarely equal otherwise, so that few
  /// canonical forms have to be computed. Default: nil, meaning that none is known.
  func symmetryInvariant(of example: Example) -> UInt64?

  /// Counts of which a dataset's manifest keeps histograms (maze: the number of shortest paths),
  /// always under the same names. Default: none.
  func counts(of question: [UInt8]) -> [String: UInt64]

  /// The states that a deterministic solver passes through, from the question to the answer.
  /// Default: nil, meaning that the task has no such trace.
  func trace(of question: [UInt8]) -> ReasoningTrace?

  /// A picture of a question, or of an answer to it. Default: a plain grid of characters.
  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing

  /// The file formats that `readPuzzles` understands, most common first. Default: CSV and lines.
  static var formats: [SourceFormat] { get }

  /// The alphabets in which text files write cells, the gym's own first, if there are several
  /// (16×16 Sudoku: 1-9 and A-G, 0-9 and A-F, A-P). Each text is read in the one that it uses.
  /// Default: none, which means the vocabulary's characters.
  var alphabets: [Alphabet] { get }

  /// Reads the puzzles of a file or folder in order; a `GymError` names file and line. An answer
  /// that the file does not give is left empty. Default: the formats listed in `formats`, among CSV
  /// (question and, in any order, source, answer, rating), JSON lines with the same names, one
  /// question per line, and grids of characters, all in the vocabulary's characters.
  func readPuzzles(
    from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws

  /// Generates one complete puzzle, with the demonstrations that explain it and its own name if the
  /// task has those; datasets are generated with this. Default: the result of `generate`.
  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle

  /// The examples of one puzzle, or of one of its variants, as they are placed in a training split:
  /// at random positions of the canvas, if the task allows that. Called once for all training
  /// examples of a puzzle; never for a held-out one. Default: unchanged.
  func placed(_ examples: [Example], using random: inout RandomStream) -> [Example]

  /// An answer that was given as rows of characters, if an answer is a grid with another shape than
  /// the cells (ARC: a grid on a canvas). Default: nil, meaning that there are none.
  func answer(ofRows rows: [String]) -> [UInt8]?

  /// The text of a file with this one puzzle, for formats with one file per puzzle (ARC JSON).
  /// Default: nil, meaning that the task writes no such files.
  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String?

  /// Variants of a puzzle for training, without the puzzle itself. Default: `count` symmetric
  /// copies; if the group is listed, each element at most once.
  func augmentations(of puzzle: Puzzle, count: Int, using random: inout RandomStream) -> [Puzzle]

  /// Passes on the variants of `augmentations` one by one. A task that generates them this way, and
  /// implements `augmentations` with it, need not hold a thousand of them in memory. Default: the
  /// elements of `augmentations`.
  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void)
}
