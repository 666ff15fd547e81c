import Gym

/// The observations of a batch of puzzles, from which all measures are computed.
struct ProbeBatch {
  /// A step of thinking, with the answers at that point.
  struct Step {
    let segment: Int
    let step: Int
    /// The number of steps per segment.
    let steps: Int
    /// [puzzles, cells].
    let answers: [UInt8]
    /// How far each previously known state moved, [puzzles] each.
    let residuals: [(state: String, distances: [Double])]

    /// Whether this was the last step of its segment.
    var endsSegment: Bool { segment > 0 && step == steps }
  }

  /// A final state.
  struct State {
    let name: String
    let width: Int
    /// Each puzzle's state, averaged over its positions, [puzzles, width].
    let means: [Double]
  }

  var steps: [Step] = []
  var states: [State] = []
  /// The answers to the questions with one blank, if there are any, [puzzles]; empty if the agent
  /// gave none.
  var filled: [[UInt8]] = []
  /// The final answers from each of the perturbed starts, [puzzles, cells] each.
  var ends: [[UInt8]] = []

  /// Checks that the values belong to the given numbers of puzzles and cells.
  func hasShape(puzzles: Int, cells: Int, starts: Int, asksBlanks: Bool) -> Bool {
    steps.allSatisfy { step in
      step.answers.count == puzzles * cells
        && step.residuals.allSatisfy { $0.distances.count == puzzles }
    } && states.allSatisfy { $0.width > 0 && $0.means.count == puzzles * $0.width }
      && filled.count == (asksBlanks ? puzzles : 0) && ends.count == starts
      && ends.allSatisfy { $0.count == puzzles * cells }
  }
}
