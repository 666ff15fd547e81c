import GymReports

extension ProbeReport {
  /// How to read the answers over time.
  static let accuracyReading =
    "An agent that thinks gets better from step to step: if the line is flat from the first segment "
    + "on, further segments add nothing."

  /// How to read the cells that change.
  static let changesReading =
    "Each segment but the first: the cells that it made right, and the right ones that it spoiled, "
    + "as a share of the greatest. Search looks like both at once; polishing like a few fixes only."

  /// How to read the residuals.
  static let residualReading =
    "How far each state moves in a step. If it falls to nothing the agent has converged and thinks "
    + "no more; if it spikes again with each segment, a slow module gives a fast one a new task."

  /// How to read the ways.
  static let pathsReading =
    "Each line is a puzzle: its state after every segment, from the ring to the dot, on the two "
    + "principal components of all of them. Lines that end early are puzzles that settle; lines "
    + "that end in one place for all puzzles say that the state tells little of the puzzle."

  /// How to read the participation ratios.
  static let participationReading =
    "Over how many directions the final states spread. The HRM paper reports 89.95 for z_H and "
    + "30.22 for z_L of a model trained on Sudoku-Extreme (width 512), and 40.75 and 42.09 untrained: a "
    + "slow state that spreads wider than a fast one. Narrower models have smaller numbers."

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
