import GymEvaluation
import GymReports

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
    return
      "From \(starts) starts with noise of scale \(Figures.significant(noise)), a puzzle ends in "
      + "\(Figures.significant(meanDistinct)) distinct answers on average (puzzles by their number of "
      + "answers: \(spread)). Of all starts \(right.share.percent) end in a right "
      + "answer; some start does in \(solvedOnce.share.percent) of the puzzles, "
      + "every start in \(solvedAlways.share.percent)."
  }
}
