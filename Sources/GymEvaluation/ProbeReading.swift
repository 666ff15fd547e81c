/// How to read what a probe shows, for its own page and for those of a leaderboard.
package enum ProbeReading {
  /// How to read the answers over time.
  package static let accuracy =
    "An agent that thinks gets better from step to step: if the line is flat from the first segment "
    + "on, further segments add nothing."

  /// How to read the cells that change.
  package static let changes =
    "For each segment after the first, the cells that it corrected and the right ones that it "
    + "spoiled, relative to the maximum. A search does both at once; polishing only fixes a few."

  /// How to read the residuals.
  package static let residuals =
    "How far each state moves in a step (HRM has a slow one, z_H, and a fast one, z_L). If it falls "
    + "to zero, the agent has converged and further segments change nothing; if it spikes again with "
    + "each segment, a slow module gives a fast one a new task."

  /// How to read the halting histogram.
  package static let halting =
    "An agent that knows when it is done stops early on easy puzzles, with the right answer; one "
    + "that never stops early has not learned to halt."

  /// How to read the participation ratios, with what is published.
  package static let participation =
    "The number of directions over which the final states spread. The HRM paper reports 89.95 for "
    + "the slow state z_H and 30.22 for the fast state z_L of a model trained on Sudoku-Extreme "
    + "(width 512), and 40.75 and 42.09 untrained: training made the slow state spread wider than "
    + "the fast one. Narrower models have smaller numbers."

  /// How to read the answers of perturbed starts.
  package static let starts =
    "The number of different answers that a puzzle gets if its first states are perturbed: one means "
    + "that thinking leads to the same answer from everywhere, many that the start decides."

  /// How to read accuracy against compute.
  package static let scaling =
    "Points further right cost more, higher ones solve more. Where a line is flat, thinking longer "
    + "does not help; the highest line at your budget is the best way to spend it."
}
