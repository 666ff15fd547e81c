import Gym

/// Measures step after step, batch after batch.
struct ProbeCourse {
  private let task: any Task
  private let boardCount: Int
  private(set) var steps: [StepMeasure] = []
  private(set) var boards: [ProbeReport.Board] = []
  /// The names of the states in the order in which they came, with the points [puzzles, width] of
  /// their ends.
  private var points: [(name: String, width: Int, values: [[Double]])] = []

  // Of the current batch: its puzzles, the steps seen, and the states as they stand.
  private var examples: ArraySlice<Example> = []
  private var place = 0
  private var last: [String: ProbedStep.State] = [:]

  /// - Parameter boards: the number of puzzles to keep all thoughts of.
  init(task: any Task, boards: Int) {
    self.task = task
    boardCount = boards
  }

  /// Begins a batch of puzzles.
  mutating func begin(_ examples: ArraySlice<Example>) {
    self.examples = examples
    (place, last) = (0, [:])
    boards += examples.prefix(boardCount - boards.count).map { ProbeReport.Board(example: $0) }
  }

  /// Takes down a step of the batch.
  mutating func add(_ step: ProbedStep) throws {
    for state in step.states {
      guard state.values.count.isMultiple(of: examples.count * state.width) else {
        throw GymError(
          "the agent reports \(state.values.count) numbers of \(state.name)",
          expected: "as many for each of \(examples.count) puzzles")
      }
    }
    if let answers = step.answers {
      guard answers.count == examples.count * task.grid.cells else {
        throw GymError(
          "the agent reports answers of \(answers.count) cells",
          expected: "\(examples.count * task.grid.cells)")
      }
      if place == steps.count { steps.append(StepMeasure(step)) }
      measure(step, answers)
      place += 1
    }
    for state in step.states { last[state.name] = state }
    for state in step.states where !points.contains(where: { $0.name == state.name }) {
      points.append((state.name, state.width, []))
    }
  }

  private mutating func measure(_ step: ProbedStep, _ answers: [UInt8]) {
    for state in step.states {
      guard let before = last[state.name], before.values.count == state.values.count else {
        continue
      }
      steps[place].add(
        StepMeasure.distances(state.values, before.values, count: examples.count), of: state.name)
    }
    let cells = task.grid.cells
    for (index, example) in examples.enumerated() {
      let answer = Array(answers[index * cells..<(index + 1) * cells])
      steps[place].add(answer, to: example, task: task)
      let board = examples.startIndex + index
      if step.endsSegment, board < boards.count { boards[board].thoughts.append(answer) }
    }
  }

  /// Ends a batch: the states are what they came to.
  mutating func end() {
    for index in points.indices {
      guard let state = last[points[index].name] else { continue }
      points[index].values += Self.means(state, count: examples.count)
    }
  }

  /// Each puzzle's state, averaged over its positions: [count, width].
  private static func means(_ state: ProbedStep.State, count: Int) -> [[Double]] {
    let size = state.values.count / count
    return (0..<count).map { row in
      var sums = [Double](repeating: 0, count: state.width)
      for (index, value) in state.values[row * size..<(row + 1) * size].enumerated() {
        sums[index % state.width] += Double(value)
      }
      return sums.map { $0 * Double(state.width) / Double(size) }
    }
  }

  /// The states, with how they spread.
  var states: [ProbeReport.State] {
    points.map {
      ProbeReport.State(
        name: $0.name, width: $0.width, participation: Participation.ratio(of: $0.values))
    }
  }
}
