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
