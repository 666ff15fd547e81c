import Gym
import GymEvaluation
import GymJSON
import GymReports

/// The observations of an agent while it thought.
public struct ProbeReport: Sendable, Hashable {
  /// A state of the agent.
  public struct State: Sendable, Hashable {
    /// Its name, such as `z_H`.
    public let name: String
    /// The number of values per position.
    public let width: Int
    /// The participation ratio of the final state over puzzles; each puzzle's state is averaged
    /// over its positions, so it is at most `width`. Nil if nothing varies.
    public let participation: Double?
  }

  /// A puzzle with the agent's answers.
  public struct Board: Sendable, Hashable {
    /// The puzzle with its label.
    public let example: Example
    /// The answer after each segment.
    public internal(set) var thoughts: [[UInt8]] = []
    /// The verdict on the last of them; nil if there is none.
    public internal(set) var verdict: Verdict?
  }

  /// The ways of some puzzles through a state's space, on the plane that shows most of them.
  public struct Paths: Sendable, Hashable {
    /// The state's name.
    public let name: String
    /// For each puzzle its place after each segment.
    public let places: [[PrincipalPlane.Place]]
    /// The share of the variance that lies in the plane.
    public let share: Double
  }

  /// The cells that a segment corrected and spoiled, over all puzzles, compared with the labels.
  public struct Change: Sendable, Hashable {
    /// The segment, from 2.
    public let segment: Int
    /// The cells that became right, and those that became wrong.
    public internal(set) var fixed, broken: Int
  }

  /// The puzzles on which the agent stopped by itself after a segment.
  public struct Halt: Sendable, Hashable {
    /// The segment, from 1.
    public let segment: Int
    /// The puzzles that stopped there, and those of them whose answer was right then.
    public internal(set) var puzzles, solved: Int
  }

  /// The number of puzzles.
  public let puzzles: Int
  /// Every observed step, in order.
  public let steps: [StepMeasure]
  /// Every state that a step changed.
  public let states: [State]
  /// Whether the agent can fill a single blank.
  public let oneBlank: OneBlank
  /// Nil if thinking does not start from latent states, or no starts were requested.
  public let fixedPoints: FixedPoints?
  /// The first puzzles, as many as requested.
  public let boards: [Board]

  /// The ways of the first puzzles through each state's space; empty if fewer than two segments
  /// were seen.
  public let paths: [Paths]
  /// The cells that each segment but the first corrected and spoiled.
  public let changes: [Change]
  /// After how many segments it stopped if it could, by segment; only those with puzzles.
  public let halts: [Halt]

  /// The last step of each segment.
  public var segments: [StepMeasure] { steps.filter(\.endsSegment) }

  /// The last residual of a state within a segment.
  public func residual(of state: String, in segment: Int) -> Double? {
    steps.last { $0.segment == segment && $0.residual(of: state) != nil }?.residual(of: state)
  }
}

extension ProbeReport {
  /// The measures as JSON; boards are only on the page.
  public var json: JSON {
    [
      "puzzles": JSON(puzzles),
      "steps": .array(steps.map(json)),
      "states": .array(
        states.map {
          [
            "name": .string($0.name), "width": JSON($0.width),
            "participation-ratio": $0.participation.map { .number($0) } ?? .null,
          ]
        }),
      "changes": .array(
        changes.map {
          [
            "segment": JSON($0.segment), "fixed": JSON($0.fixed),
            "broken": JSON($0.broken),
          ]
        }),
      "halts": .array(
        halts.map {
          [
            "segment": JSON($0.segment), "puzzles": JSON($0.puzzles), "solved": JSON($0.solved),
          ]
        }),
      "paths": .array(
        paths.map { path in
          [
            "name": .string(path.name), "variance-share": .number(path.share),
            "puzzles": .array(
              path.places.map { places in
                .array(places.map { [.number($0.x), .number($0.y)] })
              }),
          ]
        }),
      "one-blank": oneBlank.json,
      "fixed-points": fixedPoints?.json ?? .null,
    ]
  }

  private func json(_ step: StepMeasure) -> JSON {
    // A residual that is not finite (a state that diverged) becomes null.
    let residuals = states.compactMap { state in
      step.residual(of: state.name).map { value -> (String, JSON) in
        (state.name, value.isFinite ? .number(value) : .null)
      }
    }
    return [
      "segment": JSON(step.segment), "step": JSON(step.step),
      "ends-segment": .bool(step.endsSegment), "exact": step.score.overall.json,
      "cell-accuracy": .number(step.score.cellAccuracy),
      "residuals": .object(JSONObject(residuals)),
    ]
  }
}

extension OneBlank {
  /// The measure as JSON.
  public var json: JSON {
    switch self {
    case .notApplicable(let reason): ["applicable": false, "reason": .string(reason)]
    case .measured(let solved, let filled):
      ["applicable": true, "exact": solved.json, "filled": filled.json]
    }
  }
}

extension FixedPoints {
  /// The measure as JSON.
  public var json: JSON {
    [
      "starts": JSON(starts), "noise": .number(noise),
      "mean-distinct": .number(meanDistinct),
      "distinct": .array(histogram.map { JSON($0) }),
      "right": right.json, "solved-once": solvedOnce.json, "solved-always": solvedAlways.json,
    ]
  }
}

extension ProbeReport {
  /// How to read the ways.
  static let pathsReading =
    "Each line is a puzzle: its state after every segment, from the ring to the dot, on the two "
    + "principal components of all of them. Lines that end early are puzzles that settle; lines "
    + "that end in one place for all puzzles say that the state tells little of the puzzle."

  /// The halting histogram in a sentence or two, and how to read it.
  public var haltingSentence: String {
    let count = halts.reduce(0) { $0 + $1.puzzles }
    guard let last = segments.last?.segment, last > 1, count > 0 else {
      return "Not applicable: it thinks in one segment."
    }
    let sum = halts.reduce(0) { $0 + $1.segment * $1.puzzles }
    let solved = Proportion(halts.reduce(0) { $0 + $1.solved }, of: count)
    let early = Proportion(
      halts.filter { $0.segment < last }.reduce(0) { $0 + $1.puzzles }, of: count)
    return "If it may stop once it takes its answer for right, a puzzle takes "
      + "\(Figures.significant(Double(sum) / Double(count))) of \(last) segments on average; "
      + "\(early.share.percent) of the puzzles stop early, and "
      + "\(solved.share.percent) are solved. \(ProbeReading.halting)"
  }

  /// How to read the participation ratio.
  public static let participationNote =
    "(Σλ)² / Σλ² over the eigenvalues of the covariance of the final states over puzzles, each "
    + "puzzle's state averaged over its positions: the number of directions that they spread over."
}

extension OneBlank {
  /// The measure in a sentence or two.
  public var sentence: String {
    switch self {
    case .notApplicable(let reason): "Not applicable: \(reason)."
    case .measured(let solved, let filled):
      "Given the answer but for one cell, \(solved.successes) of \(solved.count) puzzles "
        + "(\(solved.share.percent)) are solved; the blank itself is filled rightly "
        + "in \(filled.share.percent)."
    }
  }
}

extension FixedPoints {
  /// The sentence if there is no measure.
  public static let nothing = "Not applicable: nothing of a start was perturbed."

  /// The measure in a few sentences.
  public var sentence: String {
    let spread = histogram.enumerated().filter { $0.element > 0 }
      .map { "\($0.offset + 1): \($0.element)" }.joined(separator: ", ")
    let (mean, ending) = (Figures.significant(meanDistinct), meanDistinct == 1 ? "" : "s")
    return
      "\(origin), a puzzle ends in \(mean) distinct answer\(ending) on average (puzzles by their "
      + "number of answers: \(spread)). Of all starts \(right.share.percent) end in a right "
      + "answer; some start does in \(solvedOnce.share.percent) of the puzzles, "
      + "every start in \(solvedAlways.share.percent)."
  }

  /// The starts and what tells them apart.
  private var origin: String {
    let count = "From \(starts) start\(starts == 1 ? "" : "s")"
    guard noise == 0 else { return "\(count) with noise of scale \(Figures.significant(noise))" }
    return count + (starts == 1 ? " without noise" : " without noise, which are all equal")
  }
}
