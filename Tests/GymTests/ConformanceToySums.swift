import Gym

/// A toy with several right answers: two digits that add up to the first one of their row.
///
/// Its verifier can be built to know only the label.
struct EqualSums: Task {
  static let id = PluginID("equal-sums", version: 1)
  static let summary = "Split each number into two."
  private static let knowsOnlyLabel = Setting.flag(
    "knows-only-label", "whether other right answers are refused", default: false)
  static let settings = Setting.list(knowsOnlyLabel)

  let settings: Settings
  let rules = "Each row begins with a number. Write two digits behind it that add up to it."
  let legend = [LegendEntry(".", "a gap"), LegendEntry("0123456789", "a digit")]
  let vocabulary = Vocabulary("_.0123456789")
  let grid = GridShape(rows: 4, columns: 3)

  private static let gap: UInt8 = 1
  /// The token of the digit 0.
  private static let zero: UInt8 = 2

  init(settings: Settings) { self.settings = settings }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    let totals = (0..<grid.rows).map { _ in Self.zero + UInt8(1 + random.below(9)) }
    let question = totals.flatMap { [$0, Self.gap, Self.gap] }
    return Example(question: question, answer: answer(to: question), source: "toy")
  }

  /// The least first digits.
  private func answer(to question: [UInt8]) -> [UInt8] {
    stride(from: 0, to: grid.cells, by: 3).flatMap { [question[$0], Self.zero, question[$0]] }
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    if settings[Self.knowsOnlyLabel] {
      return answer == example.answer ? .solved() : .failed("it is not the label")
    }
    let question = example.question
    guard answer.count == grid.cells, question.count == grid.cells,
      answer.allSatisfy({ $0 >= Self.zero && vocabulary.contains($0) })
    else { return .failed("these are not digits") }
    let wrong = stride(from: 0, to: grid.cells, by: 3).filter { start -> Bool in
      let digits = answer[start..<start + 3].map { Int($0 - Self.zero) }
      return answer[start] != question[start] || digits[1] + digits[2] != digits[0]
    }
    return wrong.isEmpty ? .solved() : .failed("a sum is wrong", cells: wrong)
  }
}

extension EqualSums: SolvableTask {
  var allowsSeveralAnswers: Bool { true }

  func solve(_ question: [UInt8]) -> Solution {
    let isQuestion = question.indices.allSatisfy { cell -> Bool in
      let token = question[cell]
      if cell % 3 > 0 { return token == Self.gap }
      return token > Self.zero && vocabulary.contains(token)
    }
    guard isQuestion, question.count == grid.cells else { return .invalid("no numbers and gaps") }
    return .several(answer(to: question))
  }
}

extension EqualSums: ListedSymmetryTask {
  /// The two digits change places, in all rows.
  var symmetries: [Symmetry] {
    let identity = Symmetry.identity(for: self)
    let others: [UInt16] = [0, 2, 1]
    let cells = identity.cells.map { $0 / 3 * 3 + others[Int($0 % 3)] }
    return [identity, Symmetry(cells: cells, tokens: identity.tokens)]
  }
}
