import Foundation
import Gym
import GymRandomness

extension EvenRows {
  private func isQuestion(_ tokens: [UInt8]) -> Bool {
    tokens.count == grid.cells && tokens.allSatisfy { (1...3).contains($0) }
      && (0..<rows).allSatisfy { row in
        tokens[row * columns..<(row + 1) * columns].count { $0 == Self.blank } < 2
      }
  }

  var rules: String {
    fault == .tellsNoRules
      ? summary : "Write 0 or 1 into the gap of each row, so that the number of ones in it is even."
  }

  var legend: [LegendEntry] {
    let bits = fault == .legendLacksAToken ? "0" : "01"
    let gap = fault == .legendNamesAnUnknownToken ? ".?" : vocabulary.text(Self.blank)
    return [LegendEntry(gap, "a gap"), LegendEntry(bits, "a bit")]
  }
}

extension EvenRows: ClueTask, ExchangeableTask {
  var clueTokens: ClueTokens {
    switch fault {
    case .namesAnUnknownBlank: ClueTokens(blank: 9, clues: [2, 3])
    case .namesPaddingAsClue: ClueTokens(blank: Self.blank, clues: [0, 2, 3])
    default: ClueTokens(blank: Self.blank, clues: [2, 3])
    }
  }

  /// A row of five bits has another parity if they all turn.
  var exchangeableTokens: [UInt8] { fault == .tellsExchangeableApart ? [2, 3] : [] }
}

extension EvenRows: RatedTask, SolvableTask {
  var levels: [DifficultyLevel] {
    [
      DifficultyLevel("easy", rating: 1...2),
      DifficultyLevel("hard", rating: fault == .levelsOverlap ? 1...3 : 3...Double(rows)),
    ]
  }

  func rating(of question: [UInt8]) -> Double? {
    switch fault {
    case .ratingIsNoNumber: .nan
    case .ratingOfPosition: question.firstIndex(of: Self.blank).map { Double(1 + $0 % 6) }
    default: Double(question.count { $0 == Self.blank })
    }
  }

  var allowsSeveralAnswers: Bool { false }

  func solve(_ question: [UInt8]) -> Solution {
    if fault == .solverAnswersNonsense, question.count != grid.cells { return .unique(question) }
    guard isQuestion(question) else { return .invalid("it is not a grid of bits and gaps") }
    var answer = question
    for row in 0..<rows {
      guard let gap = gap(in: question, row) else {
        if sum(question, row) % 2 == 1, fault != .solverOverlooksOddRows { return .none }
        continue
      }
      answer[gap] = 2
      if (sum(answer, row) % 2 == 1) != (fault == .solverErrs) { answer[gap] = 3 }
    }
    return fault == .solverFindsSeveral ? .several(answer) : .unique(answer)
  }

  private func gap(in question: [UInt8], _ row: Int) -> Int? {
    (row * columns..<(row + 1) * columns).first { question[$0] == Self.blank }
  }
}

extension EvenRows: AskedCellsTask {
  func askedCells(of example: Example) -> [Int] {
    if fault == .asksAbsentCells { return [0, grid.cells] }
    return example.answer.indices.filter { example.answer[$0] != Vocabulary.padding }
  }
}

extension EvenRows: ListedSymmetryTask, CanvasTask {
  /// Rows may turn and be mirrored, and columns mirrored: a group that does not commute.
  var symmetries: [Symmetry] {
    if fault == .symmetriesOfAnotherSize {
      return Symmetry.square(size: 2, vocabulary: vocabulary)
    }
    if fault == .symmetryBreaksRows {
      return (0..<grid.cells).map { turn in
        let cells = (0..<grid.cells).map { UInt16(($0 + turn) % grid.cells) }
        return Symmetry(cells: cells, tokens: [0, 1, 2, 3])
      }
    }
    let all = [false, true].flatMap { mirrorsColumns in
      [false, true].flatMap { mirrorsRows in
        (0..<rows).map { turn in
          let cells = (0..<grid.cells).map { cell -> UInt16 in
            let (row, column) = (cell / columns, cell % columns)
            let from = ((mirrorsRows ? rows - row : row) + turn) % rows
            return UInt16(from * columns + (mirrorsColumns ? columns - 1 - column : column))
          }
          return Symmetry(cells: cells, tokens: [0, 1, 2, 3])
        }
      }
    }
    return fault == .groupLacksElements ? Array(all.dropLast(3)) : all
  }

  func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8] {
    var moved = (fault == .transformsBackwards ? symmetry.inverse : symmetry).applied(to: tokens)
    if fault == .transformForgets, symmetry != .identity(for: self) { moved[0] = 2 }
    return moved
  }

  func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard question.count == grid.cells else { return nil }
    if fault == .formIsTheQuestion { return question }
    if fault == .formIsConstant { return question.map { _ in 2 } }
    var kept = question
    if fault == .formForgetsBits { kept = question.map { $0 == 3 ? 2 : $0 } }
    if fault == .formForgetsColumns {
      for row in 0..<rows { kept[row * columns..<(row + 1) * columns].sort() }
    }
    return symmetries.map { $0.applied(to: kept) }.min { $0.lexicographicallyPrecedes($1) }
  }

  func placed(_ examples: [Example], using random: inout RandomStream) -> [Example] { examples }

  func answer(ofRows rows: [String]) -> [UInt8]? { nil }
}

extension EvenRows: EquivalenceTask {
  func canonicalForm(of example: Example) -> [UInt8]? {
    fault == .comparesTheQuestion ? example.question : canonicalForm(of: example.question)
  }

  func symmetryInvariant(of example: Example) -> UInt64? {
    fault == .numberOfPosition
      ? example.question.firstIndex(of: Self.blank).map { UInt64($0) }
      : UInt64(example.question.count { $0 == Self.blank })
  }
}

extension EvenRows: DemonstratedTask {
  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle {
    let example = try generate(request, using: &random)
    var demonstration = try generate(GenerationRequest(), using: &random)
    if fault == .wrongDemonstration { demonstration.answer[0] ^= 1 }
    if fault == .demonstrationsCount { demonstration.source = "\(Self.tick())" }
    return Puzzle(demonstrations: [demonstration], examples: [example])
  }

  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? { nil }
}

extension EvenRows: TracingTask, DrawnTask {
  func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard question.count == grid.cells, case .unique(let answer) = solve(question) else {
      return nil
    }
    var steps = [ReasoningTrace.Step(.question, question)]
    var state = question
    for row in 0..<rows {
      guard let gap = gap(in: question, row) else { continue }
      state[gap] = answer[gap]
      steps.append(.init(.propagation, state))
    }
    if fault != .traceStopsEarly { steps.append(.init(.answer, answer)) }
    return ReasoningTrace(steps)
  }

  func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let shown = fault == .drawingHidesAnswer ? nil : answer
    let grid = fault == .drawingTooLarge ? GridShape(rows: 20, columns: 5) : grid
    return Drawing(question, answer: shown, vocabulary: vocabulary, grid: grid)
  }
}

extension EvenRows: ReadingTask {
  static var formats: [SourceFormat] { PlainRows.formats }

  func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    let plain = PlainRows(of: self)
    switch fault {
    case .loaderIsTrusting:
      for line in String(decoding: try Data(contentsOf: source.url), as: UTF8.self).split(
        separator: "\n")
      {
        let tokens = line.map { vocabulary.token(of: $0) ?? 250 }
        try body(Puzzle(Example(question: tokens, answer: tokens)))
      }
    case .loaderThrowsAnything:
      do { try plain.readPuzzles(from: source, body) } catch {
        throw CocoaError(.fileReadCorruptFile)
      }
    case .loaderSkips:
      var isFirst = true
      try plain.readPuzzles(from: source) { puzzle in
        if !isFirst { try body(puzzle) }
        isFirst = false
      }
    default: try plain.readPuzzles(from: source, body)
    }
  }
}

extension EvenRows: AugmentingTask {
  func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {
    for _ in 0..<(fault == .tooManyVariants ? count + 1 : count) {
      let symmetry = randomSymmetry(using: &random)
      body(
        Puzzle(
          examples: puzzle.examples.map { example in
            var copy = transform(example, by: symmetry)
            if fault == .variantsAreWrong { copy.answer[0] ^= 1 }
            return copy
          }))
    }
  }
}
