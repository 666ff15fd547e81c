import Gym
import GymRandomness

/// A toy with rules that do not follow from each other: a Latin square of side 4, with signs
/// between some neighbors that say which is less.
///
/// Digits stand in every second row and column, signs between them; the rest is padding.
struct UnequalNeighbors: Task, SolvableTask {
  static let id = PluginID("unequal-neighbours", version: 1)
  static let summary = "Fill in a Latin square that keeps the signs between neighbours."
  private static let fault = Setting.choice(
    "fault", "what is wrong with the verifier", default: UnequalFault.none)
  static let settings = Setting.list(fault)
  static let side = 4
  static let blank: UInt8 = 1
  /// The tokens of signs: none, the first is less, the first is greater.
  static let (noSign, less, greater): (UInt8, UInt8, UInt8) = (6, 7, 8)

  let settings: Settings
  let fault: UnequalFault
  let vocabulary = Vocabulary("_.1234-<>")
  let grid = GridShape(rows: 2 * side - 1, columns: 2 * side - 1)

  let rules = """
    Every row and column of the square holds each of the digits 1 to 4 once. A sign between two \
    neighbours says which of them is less.
    """
  let legend = [
    LegendEntry(".", "a digit to write"), LegendEntry("1234", "a digit"),
    LegendEntry("-", "no sign"),
    LegendEntry("<", "left or above is less"), LegendEntry(">", "right or below is less"),
  ]

  init(settings: Settings) throws {
    self.settings = settings
    fault = settings[Self.fault]
  }

  /// Neighbors, and the cell of the sign between them.
  struct Pair {
    let first, second, sign: Int
    let isAcross: Bool
  }

  /// The cell of a digit.
  static func cell(_ row: Int, _ column: Int) -> Int { 2 * row * (2 * side - 1) + 2 * column }

  static let digits = (0..<side).flatMap { row in (0..<side).map { cell(row, $0) } }
  static let rows = (0..<side).map { row in (0..<side).map { cell(row, $0) } }
  static let columns = (0..<side).map { column in (0..<side).map { cell($0, column) } }
  static let pairs =
    (0..<side).flatMap { line in
      (0..<side - 1).flatMap { place in
        [
          Pair(
            first: cell(line, place), second: cell(line, place + 1),
            sign: cell(line, place) + 1, isAcross: true),
          Pair(
            first: cell(place, line), second: cell(place + 1, line),
            sign: cell(place, line) + 2 * side - 1, isAcross: false),
        ]
      }
    }

  /// All 576 Latin squares of side 4, their digits row after row.
  static let squares: [[UInt8]] = {
    var found: [[UInt8]] = []
    func extend(_ square: [UInt8]) {
      guard square.count < side * side else { return found.append(square) }
      let (row, column) = (square.count / side, square.count % side)
      let taken = square[(row * side)...] + (0..<row).map { square[$0 * side + column] }
      for digit in UInt8(2)...5 where !taken.contains(digit) { extend(square + [digit]) }
    }
    extend([])
    return found
  }()

  /// The answers to a question, up to two, least first.
  func answers(_ question: [UInt8]) -> [[UInt8]] {
    let clues = Self.digits.enumerated().filter { question[$0.element] != Self.blank }
      .map { (place: $0.offset, digit: question[$0.element]) }
    let signs = Self.pairs.filter { question[$0.sign] != Self.noSign }
    var found: [[UInt8]] = []
    for square in Self.squares {
      guard clues.allSatisfy({ square[$0.place] == $0.digit }) else { continue }
      var answer = [UInt8](repeating: Vocabulary.padding, count: grid.cells)
      for (cell, digit) in zip(Self.digits, square) { answer[cell] = digit }
      let areKept = signs.allSatisfy { pair in
        (question[pair.sign] == Self.less) == (answer[pair.first] < answer[pair.second])
      }
      if areKept { found.append(answer) }
      if found.count == 2 { break }
    }
    return found
  }

  let allowsSeveralAnswers = false

  func solve(_ question: [UInt8]) -> Solution {
    let others = Set(0..<grid.cells).subtracting(Self.digits + Self.pairs.map(\.sign))
    guard question.count == grid.cells, others.allSatisfy({ question[$0] == Vocabulary.padding }),
      Self.digits.allSatisfy({ (Self.blank...5).contains(question[$0]) }),
      Self.pairs.allSatisfy({ (Self.noSign...Self.greater).contains(question[$0.sign]) })
    else { return .invalid("digits and signs are not where they belong") }
    let found = answers(question)
    return found.isEmpty ? .none : found.count == 1 ? .unique(found[0]) : .several(found[0])
  }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let (rows, columns) = (random.shuffled(Array(0..<Self.side)), random.shuffled([0, 1, 2, 3]))
    var question = [UInt8](repeating: Vocabulary.padding, count: grid.cells)
    for (row, from) in rows.enumerated() {
      for (column, shift) in columns.enumerated() {
        question[Self.cell(row, column)] = UInt8(2 + (from + shift) % Self.side)
      }
    }
    let answer = question
    for pair in Self.pairs {
      let sign = answer[pair.first] < answer[pair.second] ? Self.less : Self.greater
      question[pair.sign] = random.below(3) == 0 ? sign : Self.noSign
    }
    for cell in random.shuffled(Self.digits) {
      question[cell] = Self.blank
      if answers(question).count > 1 { question[cell] = answer[cell] }
    }
    return Example(question: question, answer: answer)
  }
}
