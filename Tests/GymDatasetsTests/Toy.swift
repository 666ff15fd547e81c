import Gym
import GymRandomness

/// A small task for these tests: complete a row of n different letters.
///
/// Some letters of a permutation are blank; the question is well-posed if at most one is.
/// Symmetries rename letters and reorder cells, so its classes are the numbers of blanks.
struct Toy: Task, FormattedTask {
  static let id = PluginID("toy", version: 1)
  static let summary = "Complete a permutation of letters."
  private static let size = Setting.integer("size", "the letters", default: 6, in: 2...9)
  private static let blanks = Setting.integer("blanks", "the most blanks", default: 1, in: 1...9)
  static let settings = Setting.list(size, blanks)
  static let formats = SourceFormat.allCases.filter { $0 != .arcJSON }

  let settings: Settings
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let size: Int
  let vocabulary: Vocabulary
  let grid: GridShape

  init(settings: Settings) {
    self.settings = settings
    size = settings[Self.size]
    vocabulary = Vocabulary("~." + String("abcdefghi".prefix(size)))
    grid = GridShape(rows: 2, columns: size)
  }

  init(size: Int = 6, blanks: Int = 1) throws {
    var settings = Settings(Self.settings)
    try settings.set("size", to: "\(size)")
    try settings.set("blanks", to: "\(blanks)")
    self.init(settings: settings)
  }

  /// The second row of the grid repeats the first, so that a grid has two rows.
  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let letters = random.shuffled((2..<2 + UInt8(size)).map { $0 })
    let blanks = 1 + random.below(settings[Self.blanks])
    var question = letters
    for cell in random.shuffled(Array(0..<size)).prefix(blanks) { question[cell] = 1 }
    return Example(
      question: question + question, answer: letters + letters, rating: Double(blanks),
      source: "toy-\(blanks)")
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == 2 * size, answer[..<size] == answer[size...] else {
      return .failed("the rows differ")
    }
    guard Set(answer) == Set(2..<2 + UInt8(size)) else { return .failed("a letter is missing") }
    let clash = zip(example.question, answer).contains { $0 > 1 && $0 != $1 }
    return clash ? .failed("a given letter was changed") : .solved()
  }
}

extension Toy: SolvableTask, RatedTask, SymmetricTask {
  var allowsSeveralAnswers: Bool { false }
  var levels: [DifficultyLevel] { [] }

  func solve(_ question: [UInt8]) -> Solution {
    guard question.count == 2 * size, question[..<size] == question[size...] else {
      return .invalid("the rows differ")
    }
    let given = question.prefix(size).filter { $0 > 1 }
    guard Set(given).count == given.count else { return .none }
    var missing = (2..<2 + UInt8(size)).filter { !given.contains($0) }
    let isUnique = missing.count <= 1
    let row = question.prefix(size).map { $0 > 1 ? $0 : missing.removeFirst() }
    return isUnique ? .unique(row + row) : .several(row + row)
  }

  func canonicalForm(of question: [UInt8]) -> [UInt8]? { question.sorted().map { min($0, 2) } }

  func rating(of question: [UInt8]) -> Double? { Double(question.prefix(size).count { $0 == 1 }) }

  func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    let cells = random.shuffled((0..<UInt16(size)).map { $0 })
    return Symmetry(
      cells: cells + cells.map { $0 + UInt16(size) },
      tokens: [0, 1] + random.shuffled((2..<2 + UInt8(size)).map { $0 }))
  }
}
