import Gym

/// Checks datasets: labels by the rules, different puzzles with the same name, and repeated and
/// equivalent puzzles within and between splits.
///
/// Memory grows by 32 bytes per example.
public struct DatasetCheck {
  private let folders: [Dataset]
  private let task: (any Task)?
  private let coversVariants: Bool

  /// - Parameters:
  ///   - task: the task of the datasets; without one, only equal questions are found.
  ///   - coversVariants: whether to find the equivalence class of every example, not only of each
  ///     group's original; augmentations are equivalent to their original by construction.
  /// - Throws: a `GymError` if a dataset's cells or tokens are not those of the task.
  public init(_ folders: [Dataset], task: (any Task)?, coversVariants: Bool = false) throws {
    if let task { for folder in folders { try folder.checkFits(task) } }
    self.folders = folders
    self.task = task
    self.coversVariants = coversVariants
  }

  /// Runs all checks.
  public func run(_ control: WorkControl) throws -> DatasetReport {
    var (splits, fingerprints) = ([DatasetReport.Split](), [SplitFingerprints]())
    var progress = WorkProgress()
    let all = folders.flatMap { folder in folder.splits.map { (folder, $0) } }
    progress.total = all.reduce(0) { $0 + $1.1.groups.count }
    for (folder, split) in all {
      var findings = try examine(split, &progress, control)
      findings.fingerprints.sort()
      let mean = Double(split.count) / Double(split.puzzles.count)
      if abs(mean - split.statedMean) > 0.01 * mean {
        findings.problems.append(
          "mean_puzzle_examples in dataset.json is \(split.statedMean), and the arrays have \(mean)"
        )
      }
      let namesakes = try namesakes(in: split, names: folder.identifierNames)
      findings.problems += namesakes.prefix(5).map { name, puzzles in
        "two different puzzles are called \(String(reflecting: name)): puzzles \(puzzles.0) and "
          + "\(puzzles.1)"
      }
      let stated = folder.manifest?.split(split.name)?.contentHash
      splits.append(
        DatasetReport.Split(
          folder: folder.url.path, name: split.name, examples: split.count,
          puzzles: split.puzzles.count, groups: split.groups.count, ratings: findings.ratings,
          wrongLabels: task == nil ? nil : findings.wrongLabels, sharedNames: namesakes.count,
          problems: findings.problems,
          repeatedQuestions: findings.fingerprints.repeatedQuestions,
          equivalentGroups: findings.fingerprints.equivalentGroups,
          hasStatedHash: try stated.map { try $0 == split.contentHash() }))
      fingerprints.append(findings.fingerprints)
    }
    var overlaps: [DatasetReport.Overlap] = []
    for second in splits.indices {
      for first in 0..<second {
        overlaps.append(fingerprints[first].overlap(first, with: fingerprints[second], second))
      }
    }
    return DatasetReport(splits: splits, overlaps: overlaps)
  }

  /// The names that different training puzzles have, with the first two puzzles of each. If one
  /// puzzle has all examples of the other, they are the same, once without its questions.
  private func namesakes(
    in split: DatasetSplit, names: [String]
  ) throws -> [(name: String, puzzles: (Int, Int))] {
    guard split.name == "train", split.identifierCount > 1 else { return [] }
    let named = (0..<split.puzzles.count).filter { split.identifier(ofPuzzle: $0) > 0 }
    let puzzles = Dictionary(grouping: named) { names[Int(split.identifier(ofPuzzle: $0))] }
    func content(_ puzzle: Int) throws -> Set<Fingerprint> {
      try Set(
        split.puzzles[puzzle].map { try PuzzleContent.fingerprint(split.example($0), of: task) })
    }
    return try puzzles.filter { $1.count > 1 }.sorted { $0.value[0] < $1.value[0] }
      .compactMap { name, puzzles in
        let first = try content(puzzles[0])
        let other = try puzzles.dropFirst().first {
          let own = try content($0)
          return !own.isSubset(of: first) && !own.isSuperset(of: first)
        }
        return other.map { (name, (puzzles[0], $0)) }
      }
  }

  private func examine(
    _ split: DatasetSplit, _ progress: inout WorkProgress, _ control: WorkControl
  ) throws -> SplitFindings {
    let examiner = GroupExaminer(split: split, task: task, coversVariants: coversVariants)
    let cancellation = control.cancellation
    var (findings, current) = (SplitFindings(), progress)
    try OrderedWork.run(
      workers: control.workers,
      produce: { submit in for run in split.groupRuns { try submit(run) } },
      process: { run in
        try cancellation.check()
        return try examiner.findings(groups: run)
      },
      consume: { part in
        findings.add(part)
        current.puzzles += part.ratings.count
        current.examples += part.questions.count
        control.report(current)
      })
    progress = current
    return findings
  }
}

/// The findings in some groups of a split.
struct GroupFindings: Sendable {
  /// The rating of each group's first example.
  var ratings: [Double?] = []
  /// The fingerprint of each example's question.
  var questions: [Fingerprint] = []
  /// The fingerprint of each canonical form, with its group.
  var classes: [GroupClass] = []
  /// The fingerprint of each question that has no canonical form, with its group.
  var formless: [GroupClass] = []
  /// The problems with labels, each with its example.
  var problems: [String] = []
}

/// An equivalence class of puzzles, and a group that contains one of them.
struct GroupClass: Sendable, Hashable, Comparable {
  let form: Fingerprint
  let group: Int

  static func < (a: GroupClass, b: GroupClass) -> Bool {
    a.form == b.form ? a.group < b.group : a.form < b.form
  }
}

/// Reads groups of a split and checks their examples.
struct GroupExaminer: Sendable {
  let split: DatasetSplit
  let task: (any Task)?
  let coversVariants: Bool

  func findings(groups: Range<Int>) throws -> GroupFindings {
    var findings = GroupFindings()
    for group in groups {
      let puzzles = split.groups[group]
      findings.ratings.append(split.rating(split.puzzles[puzzles.lowerBound].lowerBound))
      for puzzle in puzzles {
        for index in split.puzzles[puzzle] {
          let example = try split.example(index)
          findings.questions.append(try Fingerprint(example.question))
          guard let task else { continue }
          if puzzle == puzzles.lowerBound || coversVariants {
            if let form = task.canonicalForm(of: example) {
              findings.classes.append(GroupClass(form: try Fingerprint(form), group: group))
            } else {
              findings.formless.append(
                GroupClass(form: try Fingerprint(example.question), group: group))
            }
          }
          if split.name != "train", try task.hasUnknownAnswer(example) { continue }
          let verdict = try task.verify(example.answer, for: example)
          if !verdict.isSolved {
            findings.problems.append(
              "example \(index): \(verdict.problem ?? "against the rules")")
          }
        }
      }
    }
    return findings
  }
}
