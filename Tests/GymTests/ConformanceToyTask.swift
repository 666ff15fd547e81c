import Foundation
import Gym
import GymRandomness
import Synchronization

/// A toy: each row of bits lacks at most one, to be filled in so that the row's sum is even.
///
/// It has nearly all that a task may know, and can be built with one fault.
struct EvenRows: Task {
  static let id = PluginID("even-rows", version: 1)
  static let summary = "Fill the gap in each row so that its ones are even in number."
  private static let fault = Setting.choice(
    "fault", "what is wrong with the task", default: TaskFault.none)
  private static let rows = Setting.integer("rows", "the number of rows", default: 6, in: 3...12)
  static let settings = Setting.list(fault, rows)

  let settings: Settings
  let fault: TaskFault
  let rows: Int
  let columns = 5
  let vocabulary: Vocabulary

  var grid: GridShape { GridShape(rows: rows, columns: columns) }

  init(settings: Settings) throws {
    fault = settings[Self.fault]
    rows = settings[Self.rows]
    self.settings = fault == .forgetsItsSettings ? Settings(Self.settings) : settings
    vocabulary = Vocabulary(fault == .lineBreakToken ? "_\n01" : "_.01")
    if fault == .refusesDefaults { throw GymError("these settings do not go together") }
  }

  static let blank: UInt8 = 1
  private static let clock = Atomic<UInt64>(0)

  /// A number that no call gives twice.
  static func tick() -> UInt64 { clock.add(1, ordering: .relaxed).newValue }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    if fault == .cannotGenerate { throw GymError("out of puzzles") }
    if fault == .ignoresTheStream { random = RandomStream(seed: 1, "always") }
    if fault == .readsAClock {
      random = RandomStream(key: RandomKey(seed: 1), stream: Self.tick())
    }
    let wanted = fault == .ignoresWantedRating ? nil : request.rating
    let counts = (1...rows).filter { wanted?.contains(Double($0)) ?? true }
    guard let count = random.element(of: counts) else {
      throw GymError("no puzzle has that rating", expected: "1 to \(rows)")
    }
    var answer = (0..<grid.cells).map { _ in UInt8(2 + random.below(2)) }
    for row in 0..<rows where sum(answer, row) % 2 == 1 { answer[row * columns] ^= 1 }
    var question = answer
    for row in random.shuffled(Array(0..<rows)).prefix(count) {
      question[row * columns + random.below(columns)] = Self.blank
    }
    return spoil(
      Example(
        question: question, answer: answer, rating: Double(count), source: "toy, \"even\""))
  }

  private func spoil(_ example: Example) -> Example {
    var example = example
    switch fault {
    case .shortAnswer: example.answer.removeLast()
    case .unknownToken: example.question[3] = 9
    case .emptyLabel: example.answer = example.answer.map { _ in 0 }
    case .wrongLabel: example.answer[7] ^= 1
    case .ratingDiffers: example.rating = 0.5
    case .judgesUnaskedCells:
      for cell in example.question.indices where example.question[cell] != Self.blank {
        example.answer[cell] = Vocabulary.padding
      }
    default: break
    }
    return example
  }

  func sum(_ tokens: [UInt8], _ row: Int) -> Int {
    tokens[row * columns..<(row + 1) * columns].reduce(0) { $0 + Int($1) - 2 }
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    if fault == .acceptsEverything { return .solved([.init("even", true)]) }
    var answer = fault == .acceptsLongAnswers ? Array(answer.prefix(grid.cells)) : answer
    if fault == .judgesUnaskedCells, answer.count == grid.cells {
      for cell in answer.indices where answer[cell] == Vocabulary.padding {
        answer[cell] = example.question[cell]
      }
    }
    guard answer.count == grid.cells,
      answer.allSatisfy({ (2...3).contains($0) || fault == .acceptsBlanks && $0 == Self.blank })
    else { return .failed("it is not a grid of bits", findings: [.init("even", false)]) }
    let changed = answer.indices.filter {
      example.question[$0] != Self.blank && example.question[$0] != answer[$0]
        && (fault != .keepsFirstClues || $0 < columns)
    }
    let odd = (0..<rows).filter { row in
      if fault == .forgetsLastRow, row == rows - 1 { return false }
      return !answer[row * columns..<(row + 1) * columns].contains(Self.blank)
        && sum(answer, row) % 2 == 1
    }
    let isEven = odd.count <= (fault == .forgivesOneRow ? 1 : 0)
    guard isEven, changed.isEmpty || fault == .ignoresClues else {
      let findings = fault == .unsteadyFindings ? [] : [Verdict.Finding("even", isEven)]
      return .failed("a row is odd or a clue changed", cells: changed, findings: findings)
    }
    return .solved([.init("even", true)])
  }
}
