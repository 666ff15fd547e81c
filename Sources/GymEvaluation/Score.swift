import Gym
import GymJSON

/// An agent's score on the puzzles of a split, judged by the task's rules.
public struct Score: Sendable, Hashable {
  /// A part of the puzzles under a name.
  public struct Part: Sendable, Hashable {
    /// The level, source or finding that makes it a part.
    public let name: String
    /// How many of its puzzles were solved, or have the finding.
    public var solved: Proportion

    /// A part, empty by default.
    public init(name: String, solved: Proportion = Proportion()) {
      (self.name, self.solved) = (name, solved)
    }
  }

  private var sums = JudgmentSums()
  /// The puzzles by the task's levels of rating, easiest first.
  public private(set) var byRating: [Part]
  /// The puzzles by source.
  public private(set) var bySource: [Part] = []
  /// How often the task's own findings hold, each over all puzzles.
  public private(set) var findings: [Part] = []
  /// How many puzzles got no answer, for each reason.
  public private(set) var failures: [String: Int] = [:]
  /// The cost of solving the puzzles.
  public private(set) var solving = ResourceUsage()

  /// How the split was answered as a whole, if the task scores it so.
  public var whole: SplitReport?

  private let levels: [DifficultyLevel]
  private static let otherReasons = "other reasons"

  /// A score of no puzzles yet.
  public init(levels: [DifficultyLevel]) {
    self.levels = levels
    byRating = levels.map { Part(name: $0.name) }
  }

  /// All puzzles whose right answer is known.
  public var overall: Proportion { sums.solved }

  /// The number of puzzles whose right answer is not known; they count in nothing else.
  public var unknown: Int { sums.unknown }

  /// The number of puzzles that were asked, also those whose right answer is not known.
  public var asked: Int { overall.count + unknown }

  /// The share of puzzles wholly solved: what counts.
  public var exactAccuracy: Double { overall.share }

  /// The mean over puzzles of the share of asked cells that equal the label.
  public var cellAccuracy: Double { sums.cellAccuracy }

  /// The mean number of segments used, over answered puzzles.
  public var meanSegments: Double { sums.meanSegments }

  /// Counts one puzzle.
  public mutating func add(_ judgment: Judgment, of prediction: Prediction, to example: Example) {
    solving.cost += prediction.cost.bounded
    guard !judgment.isUnknown else { return sums.add(judgment) }
    for finding in judgment.verdict.findings
    where !findings.contains(where: { $0.name == finding.name }) {
      findings.append(Part(name: finding.name, solved: Proportion(0, of: overall.count)))
    }
    for index in findings.indices {
      let name = findings[index].name
      findings[index].solved.add(
        judgment.verdict.findings.contains { $0.name == name && $0.holds })
    }
    sums.add(judgment)
    if !levels.isEmpty {
      let name = levels.index(of: example.rating).map { levels[$0].name }
      byRating.add(name ?? [DifficultyLevel].levelless, judgment.isSolved)
    }
    if !example.source.isEmpty { bySource.add(example.source, judgment.isSolved) }
    if !judgment.isAnswered {
      let reason = judgment.verdict.problem ?? "no answer"
      // Reasons are the agent's words: their number stays bounded.
      let name = failures[reason] != nil || failures.count < 20 ? reason : Self.otherReasons
      failures[name, default: 0] += 1
    }
  }

  /// Counts the seconds of a batch.
  public mutating func add(seconds: Double) { solving.seconds += seconds }
}

extension [Score.Part] {
  /// Counts a puzzle in the part of a name, which comes last if it is new.
  fileprivate mutating func add(_ name: String, _ isSolved: Bool) {
    if let index = firstIndex(where: { $0.name == name }) {
      self[index].solved.add(isSolved)
    } else {
      append(Score.Part(name: name, solved: Proportion(isSolved ? 1 : 0, of: 1)))
    }
  }
}

extension Score {
  /// The score as JSON; parts without puzzles are omitted.
  public var json: JSON {
    func parts(_ parts: [Part]) -> JSON {
      .object(JSONObject(parts.filter { $0.solved.count > 0 }.map { ($0.name, $0.solved.json) }))
    }
    let isKnown = overall.count > 0 || unknown == 0
    let failures = failures.sorted { $0.key < $1.key }
    var json: JSONObject = [
      "exact": isKnown ? overall.json : .null,
      "cell-accuracy": isKnown ? .number(cellAccuracy) : .null,
      "unknown": JSON(unknown),
      "segments": .number(meanSegments),
      "findings": parts(findings),
      "by-rating": parts(byRating),
      "by-source": parts(bySource),
      "failures": .object(
        JSONObject(failures.map { ($0.key, JSON($0.value)) })),
      "solving": solving.json,
    ]
    if let whole {
      json["whole"] = .object(JSONObject(whole.scores.map { ($0.name, $0.json) }))
      if !whole.notes.isEmpty { json["notes"] = .array(whole.notes.map { .string($0) }) }
    }
    return .object(json)
  }
}

extension SplitReport.Score {
  fileprivate var json: JSON {
    [
      "points": .number(points), "count": JSON(count),
      "value": count == 0 ? .null : .number(value),
    ]
  }
}
