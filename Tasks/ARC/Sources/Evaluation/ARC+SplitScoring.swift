import Foundation
import Gym

extension ARC: SplitScoring {
  /// Lets the variants of each task vote, and counts the two best answers to each question in the
  /// ways of `ARCScore`; the submission is the two-attempt file of ARC Prize.
  public func splitScorer() -> any SplitScorer { ARCSplitScorer() }

  /// Scores a submission file, or a folder with one file per task, in the ways of `ARCScore`. Notes
  /// say which parts of it are ignored, and what it lacks.
  public func scores(
    ofSubmission submission: PuzzleSource, on puzzles: PuzzleSource
  ) throws -> SplitReport {
    let submission = try submission.rereadable()
    let submitted = try ARCSubmission(contentsOf: submission.url, submission.log)
    let joined = submitted.joiningVariants()
    let attempts = joined?.submission ?? submitted
    let puzzles = try puzzles.rereadable()
    let asked = try ARCAskedTasks(self, puzzles)
    let names = Set(asked.tasks.map(\.name))
    for entry in attempts.tasks {
      guard let namesakes = asked.namesakes[entry.task] else { continue }
      throw GymError(
        "\(namesakes.count) different tasks are called \(String(reflecting: entry.task)): "
          + namesakes.joined(separator: " and "), at: submission.url.path,
        expected: "one of \(asked.qualified[entry.task, default: []].joined(separator: ", "))",
        remedy: "Name the task by its folder too, or score the folders one by one.")
    }
    guard attempts.tasks.contains(where: { names.contains($0.task) }) else {
      throw GymError(
        "none of the submission's \(attempts.tasks.count) tasks stands in \(puzzles.path)",
        at: submission.url.path,
        expected: "attempts for tasks such as \(asked.tasks.first?.name ?? "")")
    }
    let score = ARCScore(attempts, tasks: asked.tasks)
    guard score.questions > 0 else {
      throw GymError(
        "no answer is known, so nothing can be scored", at: puzzles.path,
        remedy: "Put the solutions file beside the challenges.")
    }
    var notes = attempts.notes + puzzles.log.notes
    // Both may be the same log.
    notes += Set([submission.log.leftOutNote, puzzles.log.leftOutNote].compactMap { $0 }).sorted()
    notes += asked.notes
    if let count = joined?.variants {
      notes.append(
        count == 1
          ? "1 entry is a variant's: it votes for the task"
          : "\(count) entries are variants': they vote for the task")
    }
    return SplitReport(
      scores: score.metrics, notes: notes + Self.notes(attempts, on: asked.tasks))
  }

  /// Which parts of a submission are ignored, and what it lacks.
  private static func notes(_ submission: ARCSubmission, on tasks: [ARCTask]) -> [String] {
    let questions = Dictionary(
      tasks.map { ($0.name, $0.tests.count) }, uniquingKeysWith: { first, _ in first })
    let answered = Dictionary(
      submission.tasks.map { ($0.task, $0.attempts.count) },
      uniquingKeysWith: { first, _ in first })
    func list(_ names: [String]) -> String {
      names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }
    var notes: [String] = []
    let strange = submission.tasks.map(\.task).filter { questions[$0] == nil }
    if !strange.isEmpty {
      notes.append(
        "\(strange.count) task\(strange.count == 1 ? "" : "s") of the submission "
          + "\(strange.count == 1 ? "is" : "are") not among the tasks: \(list(strange))")
    }
    let uneven = tasks.filter { task in
      answered[task.name].map { $0 != task.tests.count } ?? false
    }
    for task in uneven.prefix(5) {
      let (given, asked) = (answered[task.name] ?? 0, task.tests.count)
      notes.append(
        "\(task.name): \(given) answer\(given == 1 ? "" : "s") for \(asked) "
          + "question\(asked == 1 ? "" : "s")"
          + (given > asked ? "; those after the first \(asked) count for nothing" : ""))
    }
    if uneven.count > 5 {
      notes.append("\(uneven.count - 5) more tasks have another number of answers than questions")
    }
    let left = tasks.map(\.name).filter { answered[$0] == nil }
    if !left.isEmpty {
      notes.append("no attempts for \(left.count) of \(tasks.count) tasks: \(list(left))")
    }
    return notes
  }
}
