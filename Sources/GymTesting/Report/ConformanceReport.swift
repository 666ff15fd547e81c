/// The failures that a conformance check found; empty if there are none.
///
/// Write `#expect(Conformance.check(LightsOut.self).isEmpty)` in a test. If it fails, its message
/// lists the failures, each with the place to look at.
public struct ConformanceReport: Sendable, Hashable {
  /// The failures, one per check and variant.
  public private(set) var failures: [ConformanceFailure] = []

  /// The checks that failed.
  public var failedChecks: Set<ConformanceFailure.Check> { Set(failures.map(\.check)) }

  /// Adds a failure, or counts it if the same check of the same variant already failed.
  mutating func add(_ check: ConformanceFailure.Check, of subject: String, _ found: String) {
    if let known = failures.firstIndex(where: { $0.check == check && $0.subject == subject }) {
      failures[known].count += 1
    } else {
      failures.append(ConformanceFailure(check: check, subject: subject, found: found))
    }
  }
}

extension ConformanceReport {
  /// Adds the failures of another variant.
  mutating func append(_ other: ConformanceReport) {
    failures += other.failures
  }
}

extension ConformanceReport: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { failures.count }
  public subscript(position: Int) -> ConformanceFailure { failures[position] }
}

extension ConformanceReport: CustomStringConvertible {
  public var description: String {
    guard !isEmpty else { return "conforms" }
    return "\n" + failures.map { "  \($0)" }.joined(separator: "\n")
  }
}

/// How much work a conformance check does.
public enum ConformanceEffort: Sendable, Hashable, CaseIterable {
  /// A few examples, for tasks that take long.
  case quick
  /// The effort for a normal test run: some dozens of examples.
  case standard
  /// Many examples, for a nightly run.
  case thorough

  /// The number of examples that are generated and checked.
  var examples: Int {
    switch self {
    case .quick: 12
    case .standard: 40
    case .thorough: 400
    }
  }

  /// The number of damaged files of each format that are read.
  var damagedFiles: Int { examples }
  /// The number of examples of each level that are generated.
  var examplesPerLevel: Int { max(3, examples / 8) }
}
