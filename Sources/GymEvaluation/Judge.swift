import Gym

/// The judgment of one prediction by a task's rules, the only one that evaluations, comparisons,
/// probes, boards and pages count.
public struct Judgment: Sendable, Hashable {
  /// The verdict on the answer; a failure that names the reason if there is none.
  public let verdict: Verdict
  /// Whether there is an answer, of one token per cell.
  public let isAnswered: Bool
  /// Whether nobody knows the right answer, so that the puzzle counts neither as solved nor as not.
  public let isUnknown: Bool
  /// The share of the asked cells (`Task.askedCells`) that equal the label; 0 without an answer.
  public let cellShare: Double
  /// The number of segments used; 0 without an answer.
  public let segments: Int

  /// Whether the puzzle is wholly solved: what counts.
  public var isSolved: Bool { verdict.isSolved }
}

/// Judges predictions by a task's rules.
///
/// A puzzle without a prediction, without an answer, or with an answer of another number of cells
/// is not solved: it has no right cells and no findings.
public struct Judge: Sendable {
  private let task: any Task
  private let cells: Int

  /// The judge of a task.
  public init(_ task: any Task) {
    (self.task, cells) = (task, task.grid.cells)
  }

  /// Judges a prediction.
  ///
  /// - Throws: the task's error if it cannot give a verdict, such as a task whose process crashed.
  public func judgment(of prediction: Prediction?, to example: Example) throws -> Judgment {
    guard let prediction, let answer = prediction.answer, answer.count == cells else {
      let count = prediction?.answer?.count
      let problem = count.map { "the answer has \($0) cells instead of \(cells)" }
      return Judgment(
        verdict: .failed(problem ?? prediction?.failure ?? "no answer"), isAnswered: false,
        isUnknown: try task.hasUnknownAnswer(example), cellShare: 0, segments: 0)
    }
    let verdict = try task.verify(answer, for: example)
    let asked = task.askedCells(of: example)
    // Which cells are asked is the task's word, and a label that of a file.
    let right = asked.count {
      answer.indices.contains($0) && example.answer.indices.contains($0)
        && answer[$0] == example.answer[$0]
    }
    return Judgment(
      verdict: verdict, isAnswered: true,
      isUnknown: try !verdict.isSolved && task.hasUnknownAnswer(example),
      cellShare: asked.isEmpty ? 0 : Double(right) / Double(asked.count),
      // Agents may say anything, and the numbers are added up.
      segments: max(0, min(prediction.segments, 1 << 20)))
  }

  /// The cells to mark in a picture of an answer: those that the verdict names, or else, if only
  /// one answer is right, those that differ from it.
  public func wrongCells(of judgment: Judgment, in answer: [UInt8], to example: Example) -> [Int] {
    let verdict = judgment.verdict
    guard !verdict.isSolved, verdict.wrongCells.isEmpty, !task.allowsSeveralAnswers,
      !example.answer.isEmpty
    else { return verdict.wrongCells }
    return task.askedCells(of: example).filter {
      example.answer.indices.contains($0)
        && (!answer.indices.contains($0) || answer[$0] != example.answer[$0])
    }
  }
}

/// Sums of judgments, from which scores and boards take their means.
public struct JudgmentSums: Sendable, Hashable {
  /// The puzzles wholly solved, of all whose right answer is known.
  public private(set) var solved = Proportion()
  /// The puzzles whose right answer is not known; they count in nothing else.
  public private(set) var unknown = 0
  /// The puzzles that have an answer.
  public private(set) var answered = 0
  private var cellShares = 0.0
  private var segments = 0

  /// No judgments yet.
  public init() {}

  /// Counts one more puzzle.
  public mutating func add(_ judgment: Judgment) {
    guard !judgment.isUnknown else {
      unknown += 1
      return
    }
    solved.add(judgment.isSolved)
    if judgment.isAnswered { answered += 1 }
    cellShares += judgment.cellShare
    segments += judgment.segments
  }

  /// The mean over all puzzles of the share of asked cells that equal the label.
  public var cellAccuracy: Double { cellShares / Double(max(1, solved.count)) }

  /// The mean number of segments used, over the answered puzzles.
  public var meanSegments: Double { Double(segments) / Double(max(1, answered)) }
}

extension [DifficultyLevel] {
  /// The name of the puzzles without a rating, or with one that lies in no level.
  public static var levelless: String { "no level" }

  /// The index of the level that a rating lies in, the first if several; nil if in none.
  public func index(of rating: Double?) -> Int? {
    rating.flatMap { rating in firstIndex { $0.rating.contains(rating) } }
  }
}
