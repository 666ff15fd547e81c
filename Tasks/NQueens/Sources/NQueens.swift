import Gym

/// N-Queens completion: a square board has some queens; place the others so that every row has one
/// and no two attack each other.
///
/// Completion is NP-complete and #P-complete, unlike placing all queens freely (I. Gent, C.
/// Jefferson, P. Nightingale, "Complexity of n-Queens Completion", JAIR 59, 2017). A question may
/// have several answers. The rating is the number of guesses that the solver needs, averaged over
/// the eight rotations and reflections of the question.
public struct NQueens: Task, FormattedTask, ListedSymmetryTask, ClueTask {
  public static let id = PluginID("n-queens", version: 1)
  public static let summary = "Complete a board of queens, none of which attacks another."
  private static let size = Setting.integer(
    "size", "the number of rows, of columns and of queens", default: 8, in: 7...16)
  static let given = Setting.integer(
    "given", "the queens that stand already; 0 for any number up to half of them", default: 0,
    in: 0...14)
  public static let settings = Setting.list(size, given)
  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  /// The tokens.
  enum Token {
    /// Not decided yet; only in questions.
    static let open: UInt8 = 1
    static let empty: UInt8 = 2
    static let queen: UInt8 = 3
  }

  public let settings: Settings
  public let vocabulary = Vocabulary("_.-Q")
  public let grid: GridShape
  public let symmetries: [Symmetry]
  /// The numbers of queens that generated questions give.
  let given: ClosedRange<Int>
  var size: Int { grid.rows }

  public init(settings: Settings) throws {
    let (size, given) = (settings[Self.size], settings[Self.given])
    guard given <= size - 2 else {
      throw GymError("given is \(given)", expected: "at most \(size - 2) of \(size) queens")
    }
    self.settings = settings
    self.given = given > 0 ? given...given : 1...size / 2
    grid = GridShape(rows: size, columns: size)
    symmetries = Symmetry.square(size: size, vocabulary: vocabulary)
  }

  public var clueTokens: ClueTokens { ClueTokens(blank: Token.open, clues: [Token.queen]) }

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    for _ in 0..<300 {
      let columns = QueenSearch.randomBoard(size: size, using: &random)
      let count = random.integer(in: given)
      var question = [UInt8](repeating: Token.open, count: grid.cells)
      for row in random.shuffled(Array(0..<size)).prefix(count) {
        question[row * size + columns[row]] = Token.queen
      }
      guard let rating = rating(of: question), let answer = self.answer(to: question),
        request.rating?.contains(rating) ?? true
      else { continue }
      return Example(question: question, answer: answer, rating: rating, source: "random board")
    }
    throw GymError(
      "no question was found with guesses in \(request.rating.map { "\($0)" } ?? "any number")",
      expected: "0 or more, and few on small boards",
      remedy: "Wish for another rating, or set another size.")
  }
}

extension NQueens {
  public var rules: String {
    "Place queens on a board of \(size) rows and \(size) columns that already holds some. In the "
      + "answer there are \(size) queens, the given ones where they stand, and no two of them are "
      + "in the same row, column or diagonal; every other cell is empty."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry(".", "in the question, a cell that is to be decided"),
      LegendEntry("-", "in the answer, an empty cell"), LegendEntry("Q", "a queen"),
    ]
  }
}

extension NQueens: TracingTask, DrawnTask {
  /// Consequences, guesses and guesses taken back; cells that are attacked or ruled out are empty.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let board = board(question), let answer = answer(to: question) else { return nil }
    var steps = [ReasoningTrace.Step(.question, question)]
    _ = QueenSearch(board, limit: 1) { event, board in
      let kind: ReasoningTrace.Event =
        switch event {
        case .conclusion: .propagation
        case .guess: .guess
        case .undo: .undo
        }
      // The first thousand steps show enough of a long search.
      if steps.count < 1000 { steps.append(.init(kind, picture(of: board))) }
    }
    return ReasoningTrace(steps + [.init(.answer, answer)])
  }

  private func picture(of board: QueenBoard) -> [UInt8] {
    (0..<grid.cells).map { cell in
      let (row, column) = (cell / size, cell % size)
      if board.queens[row] == column { return Token.queen }
      return board.allows(row: row, column: column) ? Token.open : Token.empty
    }
  }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let cells = (0..<grid.cells).map { cell -> Drawing.Cell in
      let asked = cell < question.count ? question[cell] : Vocabulary.padding
      let shown = answer.map { cell < $0.count ? $0[cell] : Vocabulary.padding } ?? asked
      switch shown {
      case Token.queen: return Drawing.Cell("Q", asked == Token.queen ? .given : .answer)
      case Token.empty: return Drawing.Cell("-", asked == Token.queen ? .wrong : .blank)
      case Token.open: return Drawing.Cell(".", .blank)
      case Vocabulary.padding: return Drawing.Cell(" ", .outside)
      default: return Drawing.Cell("?", .wrong)
      }
    }
    return Drawing(grid: grid, cells: cells)
  }
}
