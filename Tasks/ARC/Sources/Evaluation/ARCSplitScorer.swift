import Gym

/// Gathers the answers to all variants of all tasks of a split: their votes, and each task's
/// questions in order.
struct ARCSplitScorer: SplitScorer {
  private var election = ARCElection()
  private var tasks: [ARCTask] = []
  private var indices: [String: Int] = [:]

  /// Puzzles without a name take no part, since nothing tells whose variants they are.
  mutating func add(_ answer: SplitAnswer) {
    guard let variant = answer.puzzle,
      let question = ARCCanvas.placement(in: answer.example.question)
    else { return }
    let (name, augmentation) = ARCAugmentation.parse(variant)
    let back = augmentation.inverse
    let asked = question.grid.augmented(by: back)
    let index = indices[name] ?? tasks.count
    if index == tasks.count {
      indices[name] = index
      tasks.append(ARCTask(name: name, demonstrations: [], tests: []))
    }
    if answer.position == tasks[index].tests.count {
      let label = ARCCanvas.placement(in: answer.example.answer)?.grid
      tasks[index].tests.append(ARCTest(asked, label?.augmented(by: back)))
    }
    guard let tokens = answer.answer,
      let grid = ARCCanvas.crop(tokens, row: question.row, column: question.column)
    else { return }
    election.add(
      grid.augmented(by: back), to: asked, task: name, confidence: answer.confidence ?? 0)
  }

  func report() throws -> SplitReport {
    guard !tasks.isEmpty else { return SplitReport(scores: []) }
    let submission = election.submission(for: tasks)
    return SplitReport(
      scores: ARCScore(submission, tasks: tasks).metrics,
      submission: try submission.json().text() + "\n")
  }
}
