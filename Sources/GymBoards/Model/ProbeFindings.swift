import Gym
import GymEvaluation
import GymJSON

/// The findings of a probe inside an agent while it thought: its answers and states segment by
/// segment, when it stops by itself, and in how many answers perturbed starts end.
public struct ProbeFindings: Sendable, Hashable {
  /// One segment of thinking, over all puzzles.
  public struct Segment: Sendable, Hashable {
    /// Its number, from 1.
    public let number: Int
    /// The share of cells right after it.
    public let cellAccuracy: Double
    /// The puzzles solved after it.
    public let solved: Int
    /// The cells that it made right and wrong.
    public let fixed, broken: Int
    /// The puzzles on which the agent stopped here by itself, and those of them that it solved.
    public let stopped, stoppedSolved: Int
    /// How far each state moved last in it, by name; none for a state that it did not change.
    public let residuals: [String: Double]
  }

  /// A state of the agent.
  public struct State: Sendable, Hashable {
    /// Its name, such as `z_H`.
    public let name: String
    /// The number of values per position.
    public let width: Int
    /// Over how many directions it spreads; nil if nothing varies.
    public let participation: Double?
  }

  /// The maximum number of segments.
  public static let maximumSegments = 512
  /// The maximum number of states.
  public static let maximumStates = 16
  /// The maximum number of perturbed starts.
  public static let maximumStarts = 1000

  /// The number of puzzles that were looked at.
  public let puzzles: Int
  /// The segments, in order.
  public let segments: [Segment]
  /// The states.
  public let states: [State]
  /// For 1, 2, … distinct answers of perturbed starts, the puzzles with that many; empty if there
  /// were no such starts.
  public let distinct: [Int]
}

extension ProbeFindings {
  /// Reads what `json` wrote.
  ///
  /// - Throws: a `GymError` for a member that is missing, unknown or out of range.
  public init(_ json: JSON) throws {
    let what = "the probe"
    let fields = try JSONFields(
      json, only: ["puzzles", "segments", "states", "distinct"], what: what)
    let puzzles = try fields.integer("puzzles", in: 1...1 << 30)
    self.puzzles = puzzles
    let (segments, states) = (try fields.list("segments"), try fields.list("states"))
    let distinct = try fields.value("distinct").array ?? []
    guard (1...Self.maximumSegments).contains(segments.count), states.count <= Self.maximumStates,
      distinct.count <= Self.maximumStarts
    else {
      throw GymError(
        "\(what) has \(segments.count) segments, \(states.count) states and \(distinct.count) starts",
        expected:
          "1...\(Self.maximumSegments), at most \(Self.maximumStates) and \(Self.maximumStarts)")
    }
    self.states = try states.map { state in
      let name = try state.string("name")
      try PlainText.check(name, what: "a state's name", limit: 40)
      return try State(
        name: name, width: state.integer("width", in: 1...1 << 30),
        participation: state.number(ifPresent: "participation-ratio"))
    }
    let names = self.states.map(\.name)
    self.segments = try segments.map { segment in
      let moved = try segment.has("residuals") ? segment.fields("residuals") : nil
      let residuals = try names.compactMap { name in
        try moved?.number(ifPresent: name).map { (name, $0) }
      }
      let stopped = try segment.integer(ifPresent: "stopped", in: 0...puzzles) ?? 0
      return try Segment(
        number: segment.integer("segment", in: 1...1 << 30),
        cellAccuracy: segment.number("cell-accuracy", in: 0...1),
        solved: segment.integer("solved", in: 0...puzzles),
        fixed: segment.integer(ifPresent: "fixed") ?? 0,
        broken: segment.integer(ifPresent: "broken") ?? 0,
        stopped: stopped,
        stoppedSolved: segment.integer(ifPresent: "stopped-solved", in: 0...stopped) ?? 0,
        residuals: Dictionary(residuals) { first, _ in first })
    }
    guard zip(self.segments, self.segments.dropFirst()).allSatisfy({ $0.number < $1.number }) else {
      throw GymError("the segments of \(what) are not in order", expected: "ascending numbers")
    }
    self.distinct = try fields.integers("distinct", count: distinct.count, in: 0...puzzles)
    // Each puzzle stops in one segment at most, and ends in one number of answers.
    let sums = [
      ("stop in some segment", self.segments.reduce(0) { $0 + $1.stopped }),
      ("end in some number of answers", self.distinct.reduce(0, +)),
    ]
    for (words, sum) in sums where sum > puzzles {
      throw GymError(
        "\(sum) puzzles of \(what) \(words)", expected: "at most \(puzzles), which it looked at")
    }
  }

  /// Reads what `reasongym probe --json` prints.
  ///
  /// - Throws: a `GymError` if something is missing or out of range.
  public init(study json: JSON) throws {
    let probe = json["probe"] ?? json
    guard let steps = probe["steps"]?.array, let puzzles = probe["puzzles"] else {
      throw GymError(
        "there are no steps of a probe", expected: "what `reasongym probe --json` prints")
    }
    var (segments, residuals) = ([Int: JSONObject](), [Int: JSONObject]())
    for step in steps {
      guard let number = step["segment"]?.integer else { continue }
      for (name, value) in step["residuals"]?.object ?? [:] {
        residuals[number, default: [:]][name] = value
      }
      guard step["ends-segment"]?.bool == true else { continue }
      segments[number] = [
        "segment": JSON(number), "cell-accuracy": step["cell-accuracy"] ?? .null,
        "solved": step["exact"]?["solved"] ?? .null,
        "residuals": .object(residuals[number] ?? [:]),
      ]
    }
    let parts = [
      ("changes", ["fixed": "fixed", "broken": "broken"]),
      ("halts", ["puzzles": "stopped", "solved": "stopped-solved"]),
    ]
    for (list, names) in parts {
      for part in probe[list]?.array ?? [] {
        guard let number = part["segment"]?.integer, segments[number] != nil else { continue }
        for (theirs, ours) in names { segments[number]?[ours] = part[theirs] }
      }
    }
    try self.init([
      "puzzles": puzzles, "states": probe["states"] ?? [],
      "segments": .array(segments.sorted { $0.key < $1.key }.map { .object($0.value) }),
      "distinct": probe["fixed-points"]?["distinct"] ?? [],
    ])
  }

  /// The findings as an object.
  public var json: JSON {
    [
      "puzzles": JSON(puzzles),
      "segments": .array(
        segments.map { segment in
          [
            "segment": JSON(segment.number), "cell-accuracy": .number(segment.cellAccuracy),
            "solved": JSON(segment.solved), "fixed": JSON(segment.fixed),
            "broken": JSON(segment.broken), "stopped": JSON(segment.stopped),
            "stopped-solved": JSON(segment.stoppedSolved),
            "residuals": .object(
              JSONObject(
                segment.residuals.sorted { $0.key < $1.key }.map { ($0, .number($1)) })),
          ]
        }),
      "states": .array(
        states.map {
          [
            "name": .string($0.name), "width": JSON($0.width),
            "participation-ratio": $0.participation.map { .number($0) } ?? .null,
          ]
        }),
      "distinct": .array(distinct.map { JSON($0) }),
    ]
  }
}
