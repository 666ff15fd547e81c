import Gym

/// Digits in a row; the answer holds the same digits in ascending order.
struct SortDigits: Task {
  static let id = PluginID("sort-digits", version: 1)
  static let summary = "Put the digits into ascending order."
  static let length = Setting.integer("length", "digits in a row", default: 8, in: 2...64)
  static let settings = Setting.list(length)

  let settings: Settings
  let rules = "Write the digits of the question in ascending order."
  let legend = [LegendEntry("0123456789", "a digit")]
  let vocabulary = Vocabulary("_0123456789")
  let grid: GridShape

  init(settings: Settings) throws {
    self.settings = settings
    grid = GridShape(rows: 1, columns: settings[Self.length])
  }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    // Token 0 is padding, so the digit d is token d + 1.
    let digits = (0..<grid.cells).map { _ in UInt8(random.integer(in: 1...10)) }
    return Example(question: digits, answer: digits.sorted(), source: "generated")
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    guard answer.count == grid.cells else {
      return .failed("\(answer.count) digits, not \(grid.cells)")
    }
    if let cell = answer.indices.dropFirst().first(where: { answer[$0] < answer[$0 - 1] }) {
      return .failed("a digit is smaller than the one before it", cells: [cell])
    }
    guard answer == example.question.sorted() else {
      return .failed("these are not the question's digits")
    }
    return .solved()
  }
}

extension SortDigits: SolvableTask {
  var allowsSeveralAnswers: Bool { false }
  func solve(_ question: [UInt8]) -> Solution { .unique(question.sorted()) }
}
