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

  /// A state of some puzzles at the ends of segments.
  struct Path {
    let name: String
    let width: Int
    /// The number of puzzles.
    let count: Int
    /// Each puzzle's state, averaged over its positions, [segments, count, width].
    var means: [Double]
  }

  var steps: [Step] = []
  /// The states of the first puzzles of all, over time; empty in all batches except the first.
  var paths: [Path] = []
  var states: [State] = []
  /// The answers to the questions with one blank, if there are any, [puzzles]; empty if the agent
  /// gave none.
  var filled: [[UInt8]] = []
  /// The segments that each puzzle took if the agent could stop by itself, [puzzles].
  var halts: [Int] = []
  /// The final answers from each of the perturbed starts, [puzzles, cells] each.
  var ends: [[UInt8]] = []

  /// Checks that the values belong to the given numbers of puzzles and cells.
  func hasShape(puzzles: Int, cells: Int, starts: Int, asksBlanks: Bool) -> Bool {
    steps.allSatisfy { step in
      step.answers.count == puzzles * cells
        && step.residuals.allSatisfy { $0.distances.count == puzzles }
    } && states.allSatisfy { $0.width > 0 && $0.means.count == puzzles * $0.width }
      && paths.allSatisfy { path in
        path.width > 0 && (1...puzzles).contains(path.count)
          && path.means.count.isMultiple(of: path.count * path.width)
      } && filled.count == (asksBlanks ? puzzles : 0) && halts.count == puzzles
      && ends.count == starts
      && ends.allSatisfy { $0.count == puzzles * cells }
  }
}
