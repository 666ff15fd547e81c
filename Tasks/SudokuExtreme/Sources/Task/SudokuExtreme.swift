import Gym

/// Sudoku on 4×4, 6×6, 9×9 and 16×16 boards, with adjustable difficulty.
///
/// A question contains the clues, an answer every digit. The rating is the number of guesses that
/// the solver needs, averaged over random symmetric copies of the question.
public struct SudokuExtreme: Task {
  public static let id = PluginID("sudoku-extreme", version: 1)
  public static let summary = "fill the blanks so that each unit holds every digit once"

  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  public static let settings: [Setting] = [
    .integer("size", "digits, rows and columns: 4, 6, 9 or 16", default: 9, in: 4...16),
    .integer(
      "clues", "the number of clues of a generated question; 0 for one without a spare clue",
      default: 0, in: 0...256),
    .integer(
      "rating-permutations", "the symmetric copies whose guesses a rating is the mean of",
      default: 4, in: 1...1000),
  ]

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
    let size = settings.integer("size")
    guard let geometry = BoardGeometry(size: size) else {
      throw GymError("size is \(size)", expected: "4, 6, 9 or 16")
    }
    let clues = settings.integer("clues")
    let possible = geometry.fewestClues...geometry.cells
    guard clues == 0 || possible.contains(clues) else {
      throw GymError(
        "clues is \(clues)",
        expected: "0, or \(possible.lowerBound) to \(possible.upperBound) on a board of \(size)")
    }
    self.settings = settings
    self.geometry = geometry
    self.clues = clues == 0 ? nil : clues
    solver = Solver(geometry: geometry)
    ratingPermutations = settings.integer("rating-permutations")
    vocabulary = Vocabulary("_." + String(Self.digits.prefix(size)))
    grid = GridShape(rows: size, columns: size)
  }

  /// The boxes.
  public var regions: [Int]? { geometry.boxes }

  /// The digits.
  public var exchangeableTokens: [UInt8] { Array(2..<UInt8(vocabulary.count)) }

  public var clueTokens: ClueTokens? { ClueTokens(blank: 1, clues: Set(exchangeableTokens)) }

  public var levels: [DifficultyLevel] {
    let all = [
      DifficultyLevel("easy", rating: 0...0.5),
      DifficultyLevel("medium", rating: 0.5...3),
      DifficultyLevel("hard", rating: 3...10),
      DifficultyLevel("very-hard", rating: 10...20),
      DifficultyLevel("extreme", rating: 20...1000),
    ]
    // All 4×4 puzzles are easy; minimal ones of 16×16 are beyond all levels.
    return Array(all.prefix([4: 1, 6: 2, 9: all.count][geometry.size] ?? 0))
  }
}
