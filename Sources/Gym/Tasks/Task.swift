import Randomness

/// A kind of puzzle: how to make one, how to read and draw one, and how to tell a right answer.
///
/// A task is a value made from validated settings (its size, say). What it must bring is small:
/// an identifier, a vocabulary, a grid, a generator and a verifier; the rest has defaults that a
/// task overrides if it knows more. Tasks never see agents; agents see only tokens.
///
/// Concurrency's `Task` is written `_Concurrency.Task` where this module is imported.
public protocol Task: Sendable {
  /// The name and version, such as `sudoku-extreme@1`. A change of rules, generator or tokens is
  /// a new version, since items are pure functions of it.
  static var id: PluginID { get }

  /// The name and version of this value. Default: its type's. (A task that is a process brings
  /// its own.)
  var id: PluginID { get }

  /// One line that says what is asked.
  static var summary: String { get }

  /// One line that says what this value asks. Default: its type's.
  var summary: String { get }

  /// What a person may set, with defaults and limits. Default: nothing.
  static var settings: [Setting] { get }

  /// Makes the task from settings that are known to be within their limits; throws a `GymError`
  /// if a combination is not possible.
  init(settings: Settings) throws

  /// The settings that this value was made from.
  var settings: Settings { get }

  /// The tokens, and the character of each in text files and drawings.
  var vocabulary: Vocabulary { get }

  /// The shape of the cells that a question fills, and an answer.
  var grid: GridShape { get }

  /// Makes one puzzle: a pure function of the request and the stream.
  ///
  /// The answer must be one that `verify` accepts. Throws a `GymError` if the request cannot
  /// be met (never runs on without end).
  func generate(_ request: GenerationRequest, using random: inout RandomStream) throws -> Example

  /// Judges an answer by the rules. `answer` may be any tokens at all and of any count.
  func verify(_ answer: [UInt8], for example: Example) -> Verdict

  /// Why verdicts given so far are not to be trusted: of a task that is a process, that it failed
  /// while judging. Whoever counts verdicts throws it at the end. Default: nil.
  var failure: GymError? { get }

  // MARK: What a task may know more about (all defaulted)

  /// The cells of an answer that decide whether it is right. Default: those whose label is not
  /// padding. (ARC: those of the grid, not of the border that ends it.)
  func askedCells(of example: Example) -> [Int]

  /// Named intervals of the rating, easiest first. Default: none.
  var levels: [DifficultyLevel] { get }

  /// How hard a question is, in the task's own unit (Sudoku: guesses). Default: nil.
  func rating(of question: [UInt8]) -> Double?

  /// Whether a proper question may have several right answers (a maze's shortest paths). If it
  /// may not, a question with several is refused as faulty. Default: false.
  var allowsSeveralAnswers: Bool { get }

  /// Solves a question by the rules alone. Default: `.unsupported`.
  func solve(_ question: [UInt8]) -> Solution

  /// A random element of the symmetry group. Default: the identity.
  func randomSymmetry(using random: inout RandomStream) -> Symmetry

  /// The group's elements if they are few enough to list, identity first. Default: nil.
  var symmetries: [Symmetry]? { get }

  /// A question or answer as a symmetry moves it. Default: `symmetry.applied(to:)`.
  func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8]

  /// A question's canonical form: equal exactly for questions that a symmetry turns into each
  /// other. Default: nil, not computable.
  func canonicalForm(of question: [UInt8]) -> [UInt8]?

  /// An example's canonical form: what decides whether two splits share a puzzle. Default: that
  /// of its question. (ARC: of question and answer, since one question may stand under two rules.)
  func canonicalForm(of example: Example) -> [UInt8]?

  /// The blank token and the tokens that a question may hold as clues, if the task's questions are
  /// answers with cells left out; then training may fill in further clues. Default: nil.
  var clueTokens: ClueTokens? { get }

  /// A number that is equal for equivalent examples, and seldom for others: cheap, so that few
  /// canonical forms have to be found. Default: nil, none is known.
  func symmetryInvariant(of example: Example) -> UInt64?

  /// Counts that a dataset's manifest keeps a histogram of (a maze: its shortest paths), always
  /// under the same names. Default: none.
  func counts(of question: [UInt8]) -> [String: UInt64]

  /// The states that a deterministic solver passes through, from the question to the answer.
  /// Default: nil, the task has no such trace.
  func trace(of question: [UInt8]) -> ReasoningTrace?

  /// A picture of a question, or of an answer to it. Default: a plain grid of characters.
  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing

  /// The file formats that `readPuzzles` understands, most usual first. Default: CSV and lines.
  static var formats: [SourceFormat] { get }

  /// The ways in which text files write a cell, the gym's own first, if there are several
  /// (Sudoku of 16×16: 1-9 and A-G, 0-9 and A-F, A-P): each text is read in the one that it uses.
  /// Default: none, the vocabulary's characters.
  var alphabets: [Alphabet] { get }

  /// Reads the puzzles of a file or folder in order; a `GymError` names file and line. An answer
  /// that the file does not give is left empty. Default: CSV (question, and in any order source,
  /// answer, rating), JSON lines with the same names, one question a line, and grids of
  /// characters, all in the vocabulary's characters; which of them, `formats` says.
  func readPuzzles(
    from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws

  /// Makes one puzzle whole, with the demonstrations that explain it and a name of its own if
  /// the task has such; datasets are generated through this. Default: what `generate` makes.
  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle

  /// The examples of one puzzle (or of one variant of it) as they stand in a training split: at
  /// random places of the canvas, if the task has such freedom. Called once for all of a
  /// puzzle's training examples; never for a held-out one. Default: as they are.
  func placed(_ examples: [Example], using random: inout RandomStream) -> [Example]

  /// An answer that was given as rows of characters, if the answer is a grid of another shape
  /// than the cells' (ARC: a grid on a canvas). Default: nil, there are no others.
  func answer(ofRows rows: [String]) -> [UInt8]?

  /// The text of a file that holds this one puzzle, for formats with a file a puzzle (ARC JSON).
  /// Default: nil, the task writes no such files.
  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String?

  /// Variants of a puzzle for training, without the puzzle itself. Default: `count` symmetric
  /// copies; of a listed group each element once at most.
  func augmentations(of puzzle: Puzzle, count: Int, using random: inout RandomStream) -> [Puzzle]

  /// Hands on what `augmentations` lists, one by one. A task that makes them so, and lists them
  /// through this, needs no memory for a thousand. Default: `augmentations`, one after another.
  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void)
}
