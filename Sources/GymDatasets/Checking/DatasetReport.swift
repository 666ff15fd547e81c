import Gym

/// The result of checking datasets.
public struct DatasetReport: Sendable, Hashable {
  /// The result for one split.
  public struct Split: Sendable, Hashable {
    /// The folder's path.
    public let folder: String
    /// The split's name.
    public let name: String
    /// The number of examples, including variants.
    public let examples: Int
    /// The number of puzzles, including variants.
    public let puzzles: Int
    /// The number of groups: original puzzles, each with its variants.
    public let groups: Int
    /// The ratings of the groups' first examples.
    public let ratings: RatingHistogram
    /// The number of examples whose label violates the task's rules; nil without a task.
    public let wrongLabels: Int?
    /// The number of names that different training puzzles have.
    public let sharedNames: Int
    /// The first wrong labels, each with its index and the problem, and the first shared names.
    public let problems: [String]
    /// The number of examples whose question occurs earlier in the split.
    public let repeatedQuestions: Int
    /// The number of groups with a puzzle equivalent to one of an earlier group; nil if the task
    /// cannot determine it.
    public let equivalentGroups: Int?
    /// Whether the arrays have the hash stated in the manifest; nil without a manifest.
    public let hasStatedHash: Bool?
  }

  /// The overlap of two splits.
  public struct Overlap: Sendable, Hashable {
    /// One split, as an index into `splits`.
    public let first: Int
    /// The other split, as an index into `splits`.
    public let second: Int
    /// The number of different questions that are in both.
    public let questions: Int
    /// The number of equivalence classes of puzzles that are in both; nil if the task cannot
    /// determine it.
    public let classes: Int?

    /// Whether they share a puzzle: up to symmetry if that can be determined, otherwise literally.
    public var isLeak: Bool { (classes ?? questions) > 0 }
  }

  /// The splits of all folders, in the given order.
  public let splits: [Split]
  /// Every pair of splits.
  public let overlaps: [Overlap]

  /// Whether two splits share a puzzle.
  public var hasLeak: Bool { overlaps.contains(where: \.isLeak) }

  /// Whether a label is wrong, different training puzzles have the same name, or a hash differs
  /// from the stated one.
  public var isFaulty: Bool {
    splits.contains {
      $0.wrongLabels ?? 0 > 0 || $0.sharedNames > 0 || $0.hasStatedHash == false
    }
  }
}

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
    fingerprints.formless += part.formless
  }
}

/// The questions and equivalence classes of a split.
struct SplitFingerprints {
  var questions: [Fingerprint] = []
  /// Empty if the task has no canonical form.
  var classes: [GroupClass] = []
  /// The questions without a canonical form, each a class of its own if others have one.
  var formless: [GroupClass] = []

  /// Sorts them, as the following members require.
  mutating func sort() {
    if !classes.isEmpty { classes += formless }
    formless = []
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
