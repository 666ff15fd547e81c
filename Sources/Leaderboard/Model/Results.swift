/// The judgment of an entry's answers by the task's rules, puzzle by puzzle.
public struct Results: Sendable, Hashable {
  /// One of the task's other findings.
  public struct Finding: Sendable, Hashable {
    /// The task's own name for it: "valid".
    public let name: String
    /// The puzzles for which it holds.
    public let holds: BitSet

    /// A finding and the puzzles for which it holds.
    public init(name: String, holds: BitSet) {
      (self.name, self.holds) = (name, holds)
    }
  }

  /// The puzzles solved completely, which is what counts.
  public let solved: BitSet
  /// The puzzles that were answered at all.
  public let answered: BitSet
  /// The task's other findings.
  public let findings: [Finding]
  /// The number of cells that the verdict marks as wrong, for each puzzle (65 535 means that or
  /// more); 0 for solved and for unanswered ones.
  public let wrongCells: [UInt16]
  /// The mean over puzzles of the share of asked cells that equal the label.
  public let cellAccuracy: Double
  /// The mean number of segments used, over answered puzzles.
  public let meanSegments: Double

  /// - Precondition: all are over the same puzzles.
  public init(
    solved: BitSet, answered: BitSet, findings: [Finding], wrongCells: [UInt16],
    cellAccuracy: Double, meanSegments: Double
  ) {
    precondition(answered.count == solved.count && wrongCells.count == solved.count)
    precondition(findings.allSatisfy { $0.holds.count == solved.count })
    (self.solved, self.answered, self.findings) = (solved, answered, findings)
    (self.wrongCells, self.cellAccuracy) = (wrongCells, cellAccuracy)
    self.meanSegments = meanSegments
  }

  /// The number of puzzles.
  public var count: Int { solved.count }
  /// The number of puzzles solved completely.
  public var solvedCount: Int { solved.trueCount }
  /// The share of puzzles solved completely.
  public var accuracy: Double { count == 0 ? 0 : Double(solvedCount) / Double(count) }
}
