import Gym

/// The findings in a split, collected from its groups in order.
struct SplitFindings {
  var ratings = RatingHistogram()
  var wrongLabels = 0
  /// The first few problems.
  var problems: [String] = []
  var fingerprints = SplitFingerprints()

  mutating func add(_ part: GroupFindings) {
    for rating in part.ratings { ratings.add(rating) }
    wrongLabels += part.problems.count
    problems += part.problems.prefix(max(0, 5 - problems.count))
    fingerprints.questions += part.questions
    fingerprints.classes += part.classes
  }
}

/// The questions and equivalence classes of a split.
struct SplitFingerprints {
  var questions: [Fingerprint] = []
  /// Empty if the task has no canonical form.
  var classes: [GroupClass] = []

  /// Sorts them, as the following members require.
  mutating func sort() {
    questions.sort()
    classes.sort()
  }

  /// The number of questions that occur earlier in the split.
  var repeatedQuestions: Int {
    zip(questions, questions.dropFirst()).count { $0 == $1 }
  }

  /// The number of groups that share a class with an earlier group; nil without classes.
  var equivalentGroups: Int? {
    guard !classes.isEmpty else { return nil }
    let later = zip(classes, classes.dropFirst()).filter {
      $0.form == $1.form && $0.group != $1.group
    }
    return Set(later.map(\.1.group)).count
  }

  /// The overlap of two splits.
  func overlap(
    _ first: Int, with other: SplitFingerprints, _ second: Int
  ) -> DatasetReport.Overlap {
    DatasetReport.Overlap(
      first: first, second: second, questions: Self.shared(questions, other.questions),
      classes: classes.isEmpty || other.classes.isEmpty
        ? nil : Self.shared(classes.map(\.form), other.classes.map(\.form)))
  }

  /// The number of different values that are in both of two sorted arrays.
  private static func shared(_ a: [Fingerprint], _ b: [Fingerprint]) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] < b[j] {
        i += 1
      } else if b[j] < a[i] {
        j += 1
      } else {
        let value = a[i]
        count += 1
        while i < a.count, a[i] == value { i += 1 }
        while j < b.count, b[j] == value { j += 1 }
      }
    }
    return count
  }
}
