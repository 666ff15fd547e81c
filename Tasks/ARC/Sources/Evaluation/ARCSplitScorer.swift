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
