import Gym

/// Finds the variants that only their grids give away.
enum ARCVariantNames {
  /// Grids with fewer cells in all may be alike by chance.
  private static let fewestCells = 12

  /// The tasks that are variants of another by their grids, though their names have no known form:
  /// each begins with the name of that task, as in `task_aug3`.
  static func hidden(in tasks: [ARCTask]) -> Set<Int> {
    let places = Dictionary(
      tasks.indices.map { (tasks[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    return Set(
      tasks.indices.filter { index in
        let name = tasks[index].name
        return name.indices.dropFirst().contains { end in
          guard !name[end].isLetter, !name[end].isNumber else { return false }
          let original = places[String(name[..<end])]
          return original.map { isVariant(tasks[index], of: tasks[$0]) } ?? false
        }
      })
  }

  /// Whether some augmentation turns the questions and answers of one task into those of another.
  private static func isVariant(_ task: ARCTask, of original: ARCTask) -> Bool {
    guard task.tests.count == original.tests.count else { return false }
    var pairs: [(ARCGrid, ARCGrid)] = []
    for (before, after) in zip(original.tests, task.tests) {
      pairs.append((before.question, after.question))
      if let old = before.answer, let new = after.answer { pairs.append((old, new)) }
    }
    guard pairs.reduce(0, { $0 + $1.0.cells.count }) >= fewestCells else { return false }
    return ARCDihedral.allCases.contains { dihedral in
      var names = [UInt8?](repeating: nil, count: ARCGrid.colors)
      for (before, after) in pairs {
        let turned = before.augmented(by: ARCAugmentation(dihedral, .identity))
        guard turned.hasShape(of: after) else { return false }
        for (from, to) in zip(turned.cells, after.cells) {
          guard (names[Int(from)] ?? to) == to else { return false }
          names[Int(from)] = to
        }
      }
      let used = names.compactMap { $0 }
      return Set(used).count == used.count
    }
  }
}

extension ARCTask {
  /// The task that a variant was made of; a task itself is unchanged. Nil if the name looks like a
  /// variant's and has no known form.
  var original: ARCTask? {
    guard let (task, augmentation) = ARCPuzzleName(name).parts else { return nil }
    var original = augmented(by: augmentation.inverse)
    original.name = task
    return original
  }
}

extension ARCSubmission {
  /// The submission by tasks: attempts at variants are turned back and vote, together with those at
  /// the task itself.
  ///
  /// - Returns: nil if no entry is a variant's.
  func joiningVariants() -> (submission: ARCSubmission, variants: Int)? {
    var (order, entries) = ([String](), [String: [(entry: Entry, back: ARCAugmentation)]]())
    for entry in tasks {
      let (task, augmentation) =
        ARCPuzzleName(entry.task).parts ?? (task: entry.task, augmentation: .identity)
      if entries[task] == nil { order.append(task) }
      entries[task, default: []].append((entry, augmentation.inverse))
    }
    let variants = tasks.count { entries[$0.task] == nil }
    guard variants > 0 else { return nil }
    let joined = order.map { task in Self.joined(entries[task] ?? [], as: task) }
    return (ARCSubmission(tasks: joined, notes: notes), variants)
  }

  private static func joined(
    _ entries: [(entry: Entry, back: ARCAugmentation)], as task: String
  ) -> Entry {
    if entries.count == 1, entries[0].entry.task == task { return entries[0].entry }
    let questions = entries.map(\.entry.attempts.count).max() ?? 0
    var votes = [MajorityVote<ARCGrid>](repeating: MajorityVote(), count: questions)
    for (entry, back) in entries {
      for (index, attempts) in entry.attempts.enumerated() {
        if let first = attempts.first { votes[index].add(first.augmented(by: back), confidence: 1) }
        if let second = attempts.second {
          votes[index].add(second.augmented(by: back), confidence: 0)
        }
      }
    }
    return Entry(
      task: task, attempts: votes.map { ARCAttempts($0.ranking.prefix(2).map(\.answer)) })
  }
}
