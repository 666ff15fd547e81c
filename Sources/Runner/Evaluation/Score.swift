import Gym
import JSON

/// An agent's score on the puzzles of a split, judged by the task's rules.
public struct Score: Sendable, Hashable {
  /// A named part of the puzzles.
  public struct Part: Sendable, Hashable {
    /// The level, source or finding that defines the part.
    public let name: String
    /// How many of its puzzles were solved, or have the finding.
    public internal(set) var tally = Tally()
  }

  /// All puzzles.
  public private(set) var overall = Tally()
  /// How many puzzles were answered whose right answer is not known; they count in nothing else.
  public private(set) var unknown = 0
  /// The puzzles by the task's levels of rating, easiest first.
  public private(set) var byRating: [Part]
  /// The puzzles by source.
  public private(set) var bySource: [Part] = []
  /// How often the task's own findings hold, each over all puzzles.
  public private(set) var findings: [Part] = []
  /// The number of puzzles without an answer, by reason.
  public private(set) var failures: [String: Int] = [:]
  /// The cost of solving the puzzles.
  public private(set) var solving = Spending()

  /// The report on the split as a whole, if the task scores it that way.
  public internal(set) var whole: SplitReport?

  private let levels: [DifficultyLevel]
  private var cellShares = 0.0
  private var segments = 0

  /// Puzzles without a rating, or with one outside all levels.
  static let levelless = "no level"
  private static let otherReasons = "other reasons"

  /// An empty score.
  init(levels: [DifficultyLevel]) {
    self.levels = levels
    byRating = levels.map { Part(name: $0.name) }
  }

  /// The share of puzzles solved completely, which is what counts.
  public var exactAccuracy: Double { overall.accuracy }

  /// The mean over puzzles of the share of asked cells that equal the label.
  public var cellAccuracy: Double { mean(cellShares) }

  /// The mean number of segments used.
  public var meanSegments: Double { mean(Double(segments)) }

  private func mean(_ sum: Double) -> Double {
    overall.count == 0 ? 0 : sum / Double(overall.count)
  }

  /// The number of puzzles that were asked, also those whose right answer is not known.
  public var answered: Int { overall.count + unknown }

  /// Counts a puzzle whose right answer is not known.
  mutating func add(unjudged prediction: Prediction) {
    unknown += 1
    solving.cost += prediction.cost.bounded
  }

  /// Counts one puzzle.
  mutating func add(_ prediction: Prediction, to example: Example, verdict: Verdict) {
    overall.add(solved: verdict.isSolved)
    solving.cost += prediction.cost.bounded
    cellShares += Self.cellShare(of: prediction.answer, label: example.answer)
    segments += max(0, min(prediction.segments, 1 << 20))
    if !levels.isEmpty {
      let level = example.rating.flatMap { rating in levels.first { $0.rating.contains(rating) } }
      byRating.add(level?.name ?? Self.levelless, holds: verdict.isSolved)
    }
    if !example.source.isEmpty { bySource.add(example.source, holds: verdict.isSolved) }
    for finding in verdict.findings { findings.add(finding.name, holds: finding.holds) }
    if prediction.answer == nil {
      let reason = prediction.failure ?? "no answer"
      // Reasons are the agent's words, so their number is limited.
      let name = failures[reason] != nil || failures.count < 20 ? reason : Self.otherReasons
      failures[name, default: 0] += 1
    }
  }

  /// Adds the seconds of a batch.
  mutating func add(seconds: Double) { solving.seconds += seconds }

  private static func cellShare(of answer: [UInt8]?, label: [UInt8]) -> Double {
    let asked = label.indices.filter { label[$0] != Vocabulary.padding }
    guard let answer, !asked.isEmpty else { return 0 }
    let right = asked.count { $0 < answer.count && answer[$0] == label[$0] }
    return Double(right) / Double(asked.count)
  }
}

extension [Score.Part] {
  /// Counts a puzzle in the part with a name, which is appended if it is new.
  fileprivate mutating func add(_ name: String, holds: Bool) {
    if let index = firstIndex(where: { $0.name == name }) {
      self[index].tally.add(solved: holds)
    } else {
      append(Score.Part(name: name))
      self[count - 1].tally.add(solved: holds)
    }
  }
}
