extension ProbeReport {
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
        + "(\(ProbePage.percent(solved.share))) are solved; the blank itself is filled rightly "
        + "in \(ProbePage.percent(filled.share))."
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
    return "From \(starts) starts with noise of scale \(ProbePage.short(noise)), a puzzle ends in "
      + "\(ProbePage.short(meanDistinct)) distinct answers on average (puzzles by their number of "
      + "answers: \(spread)). Of all starts \(ProbePage.percent(right.share)) end in a right "
      + "answer; some start does in \(ProbePage.percent(solvedOnce.share)) of the puzzles, "
      + "every start in \(ProbePage.percent(solvedAlways.share))."
  }
}
