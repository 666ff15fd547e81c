/// How often each label occurred under each condition, such as a cell or a token.
struct LabelCounts: Sendable, Hashable {
  /// The number of labels, padding included.
  let labels: Int
  /// The counts, [conditions, labels].
  private(set) var counts: [Int]

  init(conditions: Int, labels: Int) {
    self.labels = labels
    counts = Array(repeating: 0, count: conditions * labels)
  }

  /// Saved counts; nil if they do not have this size or are negative.
  init?(conditions: Int, labels: Int, counts: [Int]) {
    guard counts.count == conditions * labels, counts.allSatisfy({ $0 >= 0 }) else { return nil }
    self.labels = labels
    self.counts = counts
  }

  subscript(_ condition: Int, _ label: Int) -> Int { counts[condition * labels + label] }

  /// Counts one occurrence of a label.
  mutating func add(_ label: UInt8, under condition: Int) {
    counts[condition * labels + Int(label)] += 1
  }

  /// The labels that occurred under a condition, in ascending order.
  func seen(under condition: Int) -> [UInt8] {
    (0..<labels).filter { self[condition, $0] > 0 }.map { UInt8($0) }
  }
}
