import Gym

/// The findings in some groups of a split.
struct GroupFindings: Sendable {
  /// The rating of each group's first example.
  var ratings: [Double?] = []
  /// The fingerprint of each example's question.
  var questions: [Fingerprint] = []
  /// The fingerprint of each canonical form, with its group.
  var classes: [GroupClass] = []
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
          if puzzle == puzzles.lowerBound || coversVariants,
            let form = task.canonicalForm(of: example)
          {
            findings.classes.append(GroupClass(form: try Fingerprint(form), group: group))
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
