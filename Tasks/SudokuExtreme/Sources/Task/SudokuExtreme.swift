import Gym

/// Sudoku on 4×4, 6×6, 9×9 and 16×16 boards, with adjustable difficulty.
///
/// A question contains the clues, an answer every digit. The rating is the number of guesses that
/// the solver needs, averaged over random symmetric copies of the question.
public struct SudokuExtreme: Task, FormattedTask, RegionTask, ExchangeableTask, ClueTask {
  public static let id = PluginID("sudoku-extreme", version: 1)
  public static let summary = "Fill the blanks so that each unit holds every digit once."

  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  private static let size = Setting.integer(
    "size", "digits, rows and columns: 4, 6, 9 or 16", default: 9, in: 4...16)
  private static let clues = Setting.integer(
    "clues", "the number of clues of a generated question; 0 for one without a spare clue",
    default: 0, in: 0...256)
  private static let ratingPermutations = Setting.integer(
    "rating-permutations", "the symmetric copies whose guesses a rating is the mean of",
    default: 4, in: 1...1000)
  public static let settings = Setting.list(size, clues, ratingPermutations)

  /// The digits' characters, in ascending order.
  static let digits = Array("123456789ABCDEFG")
  /// The token of a blank; a digit's token is the digit plus 1.
  static let blank: UInt8 = 1

  public let settings: Settings
  public let vocabulary: Vocabulary
  public let grid: GridShape

  let geometry: BoardGeometry
  let solver: Solver
  /// The wanted number of clues; nil to remove as many as possible one by one.
  let clues: Int?
  let ratingPermutations: Int

  public init(settings: Settings) throws {
    let size = settings[Self.size]
    guard let geometry = BoardGeometry(size: size) else {
      throw GymError("size is \(size)", expected: "4, 6, 9 or 16")
    }
    let clues = settings[Self.clues]
    // With every cell given, nothing would be asked.
    let possible = geometry.fewestClues...geometry.cells - 1
    guard clues == 0 || possible.contains(clues) else {
      throw GymError(
        "clues is \(clues)",
        expected: "0, or \(possible.lowerBound) to \(possible.upperBound) on a board of \(size)")
    }
    self.settings = settings
    self.geometry = geometry
    self.clues = clues == 0 ? nil : clues
    solver = Solver(geometry: geometry)
    ratingPermutations = settings[Self.ratingPermutations]
    vocabulary = Vocabulary("_." + String(Self.digits.prefix(size)))
    grid = GridShape(rows: size, columns: size)
  }

  /// The boxes.
  public var regions: [Int] { geometry.boxes }

  /// The digits.
  public var exchangeableTokens: [UInt8] { Array(2..<UInt8(vocabulary.count)) }

  public var clueTokens: ClueTokens { ClueTokens(blank: 1, clues: Set(exchangeableTokens)) }
}

extension SudokuExtreme {
  public var rules: String {
    let last = Self.digits[geometry.size - 1]
    return "Replace every blank by a digit, so that each row, each column and each box holds every "
      + "digit from 1 to \(last) once\(geometry.size > 9 ? " (A follows 9)" : ""). The given digits "
      + "stay as they are; there is one right answer."
  }

  public var legend: [LegendEntry] {
    let (rows, columns) = (geometry.boxRows, geometry.boxColumns)
    return [
      LegendEntry(".", "a blank"),
      LegendEntry(String(Self.digits.prefix(geometry.size)), "a digit"),
      .places(
        "the boxes are the blocks of \(rows) rows and \(columns) columns, side by side from the "
          + "top left corner"),
    ]
  }
}

extension SudokuExtreme: AlphabetTask {
  /// Digits followed by letters, from 1 or, on large boards, from 0; or letters alone; with any of
  /// the usual characters for a blank.
  public var alphabets: [Alphabet] {
    Alphabet.symbols(geometry.size, from: Self.blank + 1, blank: Self.blank)
  }

  /// The values of a question, 0 for blank; checked against the rules.
  func clueValues(of question: [UInt8]) throws(GymError) -> [UInt8] {
    let values = try checkedValues(of: question)
    if let violation = geometry.firstRepeat(in: values) {
      throw GymError("\(violation.text) in the question")
    }
    return values
  }

  /// The values of a question, 0 for blank, whether or not they follow the rules.
  ///
  /// - Throws: a `GymError` if the count is wrong, or a cell is neither blank nor a digit.
  func checkedValues(of question: [UInt8]) throws(GymError) -> [UInt8] {
    guard question.count == grid.cells else {
      throw GymError(
        "the question has \(question.count) cells", expected: "\(grid.cells), \(grid) of them")
    }
    if let cell = question.firstIndex(where: { !isBlankOrDigit($0) }) {
      throw GymError(
        "\(geometry.name(ofCell: cell)) of the question holds token \(question[cell])",
        expected: "a blank (1) or a digit (2 to \(geometry.size + 1))")
    }
    return question.map { $0 - Self.blank }
  }

  /// Values, 0 for blank, as tokens.
  func tokens(_ values: [UInt8]) -> [UInt8] { values.map { $0 + Self.blank } }

  /// Any tokens as values: blank and everything that is not a digit become 0.
  func lenientValues(_ tokens: [UInt8]) -> [UInt8] {
    tokens.map { isBlankOrDigit($0) ? $0 - Self.blank : 0 }
  }

  private func isBlankOrDigit(_ token: UInt8) -> Bool {
    token >= Self.blank && Int(token) <= geometry.size + 1
  }
}

extension SudokuExtreme: DrawnTask {
  private static let digitTexts = digits.map { String($0) }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let count = grid.cells
    let asked = (0..<count).map { $0 < question.count ? question[$0] : Self.blank }
    let shown = answer.map { answer in
      (0..<count).map { $0 < answer.count ? answer[$0] : Self.blank }
    }
    let clues = lenientValues(asked)
    let values = lenientValues(shown ?? asked)
    let clashes = geometry.repeated(in: values)
    let cells = (0..<count).map { cell -> Drawing.Cell in
      let text = values[cell] == 0 ? "." : Self.digitTexts[Int(values[cell]) - 1]
      if clues[cell] != 0, values[cell] == clues[cell] { return .init(text, .given) }
      if clues[cell] != 0 || clashes[cell] { return .init(text, .wrong) }
      return .init(text, values[cell] == 0 ? .blank : .answer)
    }
    var drawing = Drawing(grid: grid, cells: cells)
    (drawing.heavyRows, drawing.heavyColumns) = (geometry.heavyRows, geometry.heavyColumns)
    return drawing
  }
}
