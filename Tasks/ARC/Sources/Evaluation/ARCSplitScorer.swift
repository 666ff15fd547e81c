import Foundation
import Gym

/// Collects the answers to all variants of all tasks of a split: their votes, and each task's
/// questions in order.
struct ARCSplitScorer: SplitScorer {
  /// Distinguishes tasks until all their questions are known, since two may have the same name.
  private struct Place: Hashable {
    let task: String
    let group: Int?
  }

  private var votes: [ARCTaskVotes] = []
  private var indices: [Place: Int] = [:]
  /// The task of the first puzzle of each group.
  private var groupTasks: [Int: String] = [:]
  private var unknown = NameList()
  private var strangers = NameList()

  /// Puzzles without a name take no part, since it is unknown which task they are variants of.
  mutating func add(_ answer: SplitAnswer) {
    guard let variant = answer.puzzle,
      let question = ARCCanvas.placement(in: answer.example.question)
    else { return }
    guard case (let name, let augmentation)? = ARCPuzzleName(variant).parts,
      isOfItsGroup(name, answer.group)
    else { return unknown.insert(variant) }
    let back = augmentation.inverse
    let asked = question.grid.augmented(by: back)
    let place = Place(task: name, group: answer.group)
    let index = indices[place] ?? votes.count
    if index == votes.count {
      indices[place] = index
      votes.append(ARCTaskVotes(name: name))
    }
    let label = ARCCanvas.placement(in: answer.example.answer)?.grid.augmented(by: back)
    guard votes[index].holds(ARCTest(asked, label), at: answer.position) else {
      return strangers.insert(variant)
    }
    guard let tokens = answer.answer,
      let grid = ARCCanvas.crop(tokens, row: question.row, column: question.column)
    else { return }
    votes[index].add(
      grid.augmented(by: back), to: asked, confidence: answer.confidence ?? 0)
  }

  /// A group is one task with its variants: other names in it have an unknown form.
  private mutating func isOfItsGroup(_ task: String, _ group: Int?) -> Bool {
    guard let group else { return true }
    if let first = groupTasks[group] { return first == task }
    groupTasks[group] = task
    return true
  }

  func report() throws -> SplitReport {
    var tasks: [ARCTaskVotes] = []
    var places: [String: [Int]] = [:]
    for votes in votes {
      // Variants of a task may be in groups of their own.
      if let same = places[votes.name]?.first(where: { tasks[$0].tests == votes.tests }) {
        tasks[same].add(votes)
      } else {
        places[votes.name, default: []].append(tasks.count)
        tasks.append(votes)
      }
    }
    let hidden = ARCVariantNames.hidden(in: tasks.map(\.task))
    var unknown = unknown
    for index in hidden.sorted() { unknown.insert(tasks[index].name) }
    tasks = tasks.indices.filter { !hidden.contains($0) }.map { tasks[$0] }
    let twice = NameList(places.filter { $1.count > 1 }.keys.sorted())
    var notes = NameList.notes(unknown: unknown, strangers: strangers)
    if !twice.isEmpty {
      notes.append(
        "\(twice.text("name", "names")) given to different tasks: they are kept apart in the "
          + "scores, and no submission can hold them")
    }
    guard !tasks.isEmpty else { return SplitReport(scores: [], notes: notes) }
    let entries = tasks.map { ARCSubmission.Entry(task: $0.name, attempts: $0.attempts) }
    return SplitReport(
      scores: ARCScore(zip(tasks.map(\.task), entries.map(\.attempts))).metrics,
      submission: twice.isEmpty ? try ARCSubmission(tasks: entries).json().text() + "\n" : nil,
      notes: notes)
  }
}

/// Names for a note: how many there are, and the first.
struct NameList {
  private var names: Set<String> = []
  private var first = ""

  init(_ names: [String] = []) {
    for name in names { insert(name) }
  }

  var isEmpty: Bool { names.isEmpty }

  mutating func insert(_ name: String) {
    if names.isEmpty { first = name }
    names.insert(name)
  }

  /// For example `3 puzzles, such as "a", are`.
  func text(_ one: String, _ many: String) -> String {
    names.count == 1
      ? "1 \(one), \(String(reflecting: first)), is"
      : "\(names.count) \(many), such as \(String(reflecting: first)), are"
  }

  /// The notes about puzzles whose names do not say how they were made.
  static func notes(unknown: NameList, strangers: NameList) -> [String] {
    var notes: [String] = []
    if !unknown.isEmpty {
      notes.append(
        "\(unknown.text("puzzle", "puzzles")) named in no form that is known: they vote for no task "
          + "and are not counted as tasks; expected \(ARCPuzzleName.forms)")
    }
    if !strangers.isEmpty {
      notes.append(
        "\(strangers.text("puzzle", "puzzles")) turned back into no question of the task: the names "
          + "do not say how the grids were made, and the answers to them do not vote")
    }
    return notes
  }
}

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
        "none of the submission's \(attempts.tasks.count) tasks is in \(puzzles.path)",
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
