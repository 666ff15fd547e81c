import Gym

extension ARC: SplitScoring {
  /// Lets the variants of each task vote, and counts the two best answers to each question in
  /// the ways of `ARCScore`; the submission is the two-attempt file of ARC Prize.
  public func splitScorer() -> any SplitScorer { ARCSplitScorer() }

  public func scores(
    ofSubmission submission: PuzzleSource, on puzzles: PuzzleSource
  ) throws -> SplitReport {
    let attempts = try ARCSubmission(contentsOf: submission.url)
    var tasks: [ARCTask] = []
    try readPuzzles(from: puzzles) { tasks.append(try ARCTask($0)) }
    let names = Set(tasks.map(\.name))
    guard attempts.tasks.contains(where: { names.contains($0.task) }) else {
      throw GymError(
        "none of the submission's \(attempts.tasks.count) tasks stands in \(puzzles.url.path)",
        at: submission.url.path, expected: "attempts for tasks such as \(tasks[0].name)")
    }
    let score = ARCScore(attempts, tasks: tasks)
    guard score.questions > 0 else {
      throw GymError(
        "no answer is known, so nothing can be scored", at: puzzles.url.path,
        remedy: "Put the solutions file beside the challenges.")
    }
    return SplitReport(scores: score.metrics)
  }
}
