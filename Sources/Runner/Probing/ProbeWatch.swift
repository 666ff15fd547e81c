import Gym

/// Observes an agent on one batch of puzzles, step by step.
struct ProbeWatch {
  private let puzzles: Int
  private let cells: Int
  /// The number of puzzles whose states are kept over time.
  private let followed: Int
  private(set) var batch = ProbeBatch()
  /// The current states, and their names in order of appearance.
  private var last: [String: ProbedStep.State] = [:]
  private var names: [String] = []

  init(puzzles: Int, cells: Int, followed: Int = 0) {
    (self.puzzles, self.cells) = (puzzles, cells)
    self.followed = min(followed, puzzles)
  }

  /// Records a step.
  mutating func add(_ step: ProbedStep) throws {
    for state in step.states {
      guard state.values.count.isMultiple(of: puzzles * state.width) else {
        throw GymError(
          "the agent reports \(state.values.count) numbers of \(state.name)",
          expected: "as many for each of \(puzzles) puzzles")
      }
    }
    if let answers = step.answers {
      guard answers.count == puzzles * cells else {
        throw GymError(
          "the agent reports answers of \(answers.count) cells", expected: "\(puzzles * cells)")
      }
      batch.steps.append(
        ProbeBatch.Step(
          segment: step.segment, step: step.step, steps: step.steps, answers: answers,
          residuals: step.states.compactMap { state in
            guard let before = last[state.name], before.values.count == state.values.count else {
              return nil
            }
            return (
              state.name, StepMeasure.distances(state.values, before.values, count: puzzles)
            )
          }))
    }
    for state in step.states {
      if last.updateValue(state, forKey: state.name) == nil { names.append(state.name) }
    }
    if followed > 0, step.segment > 0, step.step == step.steps { follow() }
  }

  /// Keeps the current states of the followed puzzles.
  private mutating func follow() {
    for state in names.compactMap({ last[$0] }) {
      let means = Array(means(state, of: followed))
      if let index = batch.paths.firstIndex(where: { $0.name == state.name }) {
        batch.paths[index].means += means
      } else {
        batch.paths.append(
          ProbeBatch.Path(name: state.name, width: state.width, count: followed, means: means))
      }
    }
  }

  /// Ends the batch: the current states are the final ones.
  mutating func end() {
    batch.states = names.compactMap { last[$0] }.map {
      ProbeBatch.State(name: $0.name, width: $0.width, means: means($0, of: puzzles))
    }
  }

  /// The states of the first puzzles, averaged over their positions: [count, width].
  private func means(_ state: ProbedStep.State, of count: Int) -> [Double] {
    let size = state.values.count / puzzles
    return (0..<count).flatMap { row in
      var sums = [Double](repeating: 0, count: state.width)
      for (index, value) in state.values[row * size..<(row + 1) * size].enumerated() {
        sums[index % state.width] += Double(value)
      }
      return sums.map { $0 * Double(state.width) / Double(size) }
    }
  }
}
