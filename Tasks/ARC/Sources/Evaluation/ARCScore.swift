import Gym

/// How many tasks and questions one and two attempts solve, in the ways that papers count.
public struct ARCScore: Sendable, Hashable {
  /// The score of a number of attempts.
  public struct Pass: Sendable, Hashable {
    /// The number of tasks all of whose questions with a known answer are solved.
    public fileprivate(set) var solvedTasks = 0
    /// The number of solved questions.
    public fileprivate(set) var solvedQuestions = 0
    /// The sum over tasks of the share of their questions that are solved.
    public fileprivate(set) var shares = 0.0
  }

  /// The number of tasks with at least one known answer.
  public let tasks: Int
  /// The number of questions with known answers.
  public let questions: Int
  /// The score of the first attempts alone.
  public let first: Pass
  /// The score of both attempts.
  public let both: Pass

  /// Scores a submission against tasks with answers. Tasks and questions that it lacks are not
  /// solved; if it contains a task twice, the first entry counts.
  public init(_ submission: ARCSubmission, tasks: [ARCTask]) {
    let entries = Dictionary(
      submission.tasks.map { ($0.task, $0.attempts) }, uniquingKeysWith: { first, _ in first })
    self.init(tasks.map { ($0, entries[$0.name] ?? []) })
  }

  /// Scores the attempts at the questions of each task, in order; missing ones solve nothing.
  init(_ answered: some Sequence<(ARCTask, [ARCAttempts])>) {
    var (scored, questions, passes) = (0, 0, [Pass(), Pass()])
    for (task, attempts) in answered {
      let known = task.tests.indices.filter { task.tests[$0].answer != nil }
      guard !known.isEmpty else { continue }
      scored += 1
      questions += known.count
      for pass in passes.indices {
        let solved = known.count { index in
          guard let answer = task.tests[index].answer, attempts.indices.contains(index) else {
            return false
          }
          return attempts[index].contain(answer, among: pass + 1)
        }
        passes[pass].solvedTasks += solved == known.count ? 1 : 0
        passes[pass].solvedQuestions += solved
        passes[pass].shares += Double(solved) / Double(known.count)
      }
    }
    tasks = scored
    self.questions = questions
    (first, both) = (passes[0], passes[1])
  }

  /// The score, under names that say how it was counted, by both attempts and then by the first
  /// (`pass@1`) alone:
  ///
  /// - `arc-tasks-pass@2`: a task counts if all its questions are solved (HRM's evaluation);
  /// - `arc-shares-pass@2`: a task counts by the share of its questions that are solved (TRM's);
  /// - `arc-questions-pass@2`: every question counts equally.
  public var metrics: [SplitReport.Score] {
    [(2, both), (1, first)].flatMap { attempts, pass -> [SplitReport.Score] in
      [
        .init("arc-tasks-pass@\(attempts)", points: Double(pass.solvedTasks), of: tasks),
        .init("arc-shares-pass@\(attempts)", points: pass.shares, of: tasks),
        .init(
          "arc-questions-pass@\(attempts)", points: Double(pass.solvedQuestions), of: questions),
      ]
    }
  }
}
