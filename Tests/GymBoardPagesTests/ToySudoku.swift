import Gym
import GymRandomness

/// Sudoku for tests: made by shuffling one solved grid, judged by comparing with the label.
struct ToySudoku: Task, RatedTask, DrawnTask {
  static let id = PluginID("toy-sudoku", version: 1)
  static let summary = "Fill the grid."
  static let settings: [Setting] = []
  let rules = Self.summary
  let legend = [LegendEntry("123456789", "a <digit>"), .places("boxes are blocks of 3×3")]
  let settings: Settings
  let vocabulary = Vocabulary("_.123456789")
  let grid = GridShape(rows: 9, columns: 9)
  let levels = [
    DifficultyLevel("easy", rating: 0...0), DifficultyLevel("medium", rating: 1...3),
    DifficultyLevel("hard", rating: 4...9), DifficultyLevel("extreme", rating: 10...1000),
  ]

  init() { settings = Settings([]) }
  init(settings: Settings) throws { self.settings = settings }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    throw GymError("tests take example(_:)")
  }

  /// The puzzle with a given number, always the same.
  func example(_ number: Int) -> Example {
    let digits = Self.permutation(of: 9, number)
    let answer = (0..<81).map { index -> UInt8 in
      let (row, column) = index.quotientAndRemainder(dividingBy: 9)
      return UInt8(2 + digits[(row * 3 + row / 3 + column) % 9])
    }
    let question = answer.indices.map { Noise.share(number, $0) < 0.35 ? answer[$0] : 1 }
    return Example(
      question: question, answer: answer, rating: Double(number % 40 / 2),
      source: "toy \(number % 3)")
  }

  private static func permutation(of count: Int, _ number: Int) -> [Int] {
    (0..<count).sorted { Noise.share(number, 1000 + $0) < Noise.share(number, 1000 + $1) }
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == 81 else { return .failed("it has \(answer.count) cells") }
    let wrong = answer.indices.filter { answer[$0] != example.answer[$0] }
    guard let first = wrong.first else { return .solved() }
    return .failed(
      "row \(first / 9 + 1), column \(first % 9 + 1) breaks a rule", cells: wrong)
  }

  func rating(of question: [UInt8]) -> Double? { nil }

  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    var drawing = Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
    for index in drawing.cells.indices where drawing.cells[index].text == "." {
      drawing.cells[index].role = .blank
    }
    drawing.heavyRows = [3, 6]
    drawing.heavyColumns = [3, 6]
    return drawing
  }
}

/// Numbers that look random and are functions of two others.
enum Noise {
  static func bits(_ a: Int, _ b: Int) -> UInt64 {
    var z =
      UInt64(truncatingIfNeeded: a) &* 0x9E37_79B9_7F4A_7C15
      &+ UInt64(truncatingIfNeeded: b) &* 0xD1B5_4A32_D192_ED03 &+ 0x1234_5678
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to 1.
  static func share(_ a: Int, _ b: Int) -> Double { Double(bits(a, b) >> 11) * 0x1p-53 }
}
