/// How often each label stood under each of some conditions, such as a cell or a token.
struct LabelCounts: Sendable, Hashable {
  /// The number of labels, padding included.
  let labels: Int
  /// The counts, [conditions, labels].
  private(set) var counts: [Int]

  init(conditions: Int, labels: Int) {
    self.labels = labels
    counts = Array(repeating: 0, count: conditions * labels)
  }

  /// Counts that were saved; nil if they are not of this size or negative.
  init?(conditions: Int, labels: Int, counts: [Int]) {
    guard counts.count == conditions * labels, counts.allSatisfy({ $0 >= 0 }) else { return nil }
    self.labels = labels
    self.counts = counts
  }

  subscript(_ condition: Int, _ label: Int) -> Int { counts[condition * labels + label] }

  /// Counts a label once more.
  mutating func add(_ label: UInt8, under condition: Int) {
    counts[condition * labels + Int(label)] += 1
  }

  /// The labels that stood under a condition at least once, least first.
  func seen(under condition: Int) -> [UInt8] {
    (0..<labels).filter { self[condition, $0] > 0 }.map { UInt8($0) }
  }
}
