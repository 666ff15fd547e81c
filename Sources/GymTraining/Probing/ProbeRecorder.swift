import Gym
import GymEvaluation

/// Computes the measures, batch by batch, from observations.
struct ProbeRecorder {
  private let task: any Task
  private let cells: Int
  private let judge: Judge
  private let boardCount: Int
  private(set) var steps: [StepMeasure] = []
  private(set) var boards: [ProbeReport.Board] = []
  /// The cells that each segment corrected and spoiled.
  private(set) var changes: [ProbeReport.Change] = []
  /// The puzzles by the segment in which they stopped.
  private var halted: [Int: ProbeReport.Halt] = [:]
  private var tracks: [ProbeBatch.Path] = []
  /// The names of the states in order of appearance, with the points [puzzles, width] of their
  /// final values.
  private var points: [(name: String, width: Int, values: [[Double]])] = []

  /// - Parameter boards: the number of puzzles whose thoughts are all kept.
  init(task: any Task, boards: Int) {
    (self.task, cells, judge) = (task, task.grid.cells, Judge(task))
    boardCount = boards
  }

  /// Adds the observations of some puzzles.
  mutating func add(_ batch: ProbeBatch, of examples: ArraySlice<Example>) throws {
    boards += examples.prefix(boardCount - boards.count).map { ProbeReport.Board(example: $0) }
    tracks += batch.paths
    var before: ProbeBatch.Step?
    for step in batch.steps where step.endsSegment {
      if let before { compare(step, before, of: examples) }
      before = step
    }
    try count(batch, of: examples)
    for (place, step) in batch.steps.enumerated() {
      if place == steps.count { steps.append(StepMeasure(step)) }
      for residual in step.residuals {
        steps[place].add(residual.distances, of: residual.state)
      }
      try measure(step, at: place, of: examples)
    }
    for state in batch.states {
      let means = stride(from: 0, to: state.means.count, by: state.width).map {
        Array(state.means[$0..<$0 + state.width])
      }
      if let index = points.firstIndex(where: { $0.name == state.name }) {
        points[index].values += means
      } else {
        points.append((state.name, state.width, means))
      }
    }
  }

  private mutating func measure(
    _ step: ProbeBatch.Step, at place: Int, of examples: ArraySlice<Example>
  ) throws {
    for (index, example) in examples.enumerated() {
      let answer = Array(step.answers[index * cells..<(index + 1) * cells])
      let judgment = try judge.judgment(of: Prediction(answer: answer), to: example)
      steps[place].add(judgment, of: answer, to: example)
      let board = examples.startIndex + index
      guard step.endsSegment, board < boards.count else { continue }
      boards[board].thoughts.append(answer)
      boards[board].verdict = judgment.verdict
    }
  }

  /// Counts the cells that became right and wrong from one segment to the next.
  private mutating func compare(
    _ step: ProbeBatch.Step, _ before: ProbeBatch.Step, of examples: ArraySlice<Example>
  ) {
    let place =
      changes.firstIndex { $0.segment == step.segment }
      ?? {
        changes.append(.init(segment: step.segment, fixed: 0, broken: 0))
        return changes.count - 1
      }()
    for (index, example) in examples.enumerated() {
      for cell in task.askedCells(of: example) where cell < example.answer.count {
        let (now, earlier) = (
          step.answers[index * cells + cell], before.answers[index * cells + cell]
        )
        guard now != earlier else { continue }
        if now == example.answer[cell] { changes[place].fixed += 1 }
        if earlier == example.answer[cell] { changes[place].broken += 1 }
      }
    }
  }

  /// Counts the segments in which puzzles stopped, with the answers that they had then.
  private mutating func count(_ batch: ProbeBatch, of examples: ArraySlice<Example>) throws {
    for (index, (segment, example)) in zip(batch.halts, examples).enumerated() {
      guard let step = batch.steps.last(where: { $0.endsSegment && $0.segment <= segment }) else {
        continue
      }
      let answer = Array(step.answers[index * cells..<(index + 1) * cells])
      let judgment = try judge.judgment(of: Prediction(answer: answer), to: example)
      var halt = halted[step.segment] ?? .init(segment: step.segment, puzzles: 0, solved: 0)
      halt.puzzles += 1
      halt.solved += judgment.isSolved ? 1 : 0
      halted[step.segment] = halt
    }
  }

  /// The puzzles by the segment in which they stopped, earliest first.
  var halts: [ProbeReport.Halt] { halted.values.sorted { $0.segment < $1.segment } }

  /// The ways of the followed puzzles through each state's space.
  var paths: [ProbeReport.Paths] {
    tracks.compactMap { track in
      let points = stride(from: 0, to: track.means.count, by: track.width).map {
        Array(track.means[$0..<$0 + track.width])
      }
      let segments = points.count / track.count
      guard segments > 1, let plane = PrincipalPlane(of: points) else { return nil }
      let places = (0..<track.count).map { puzzle in
        (0..<segments).map { plane.places[$0 * track.count + puzzle] }
      }
      return ProbeReport.Paths(name: track.name, places: places, share: plane.share)
    }
  }

  /// The states, with their spread.
  var states: [ProbeReport.State] {
    points.map {
      ProbeReport.State(
        name: $0.name, width: $0.width, participation: Participation.ratio(of: $0.values))
    }
  }
}

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
