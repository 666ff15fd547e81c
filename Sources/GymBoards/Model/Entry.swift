import Foundation
import Gym

/// One line of a leaderboard: a participant, and the judgment of its answers by the rules.
public struct Entry: Sendable, Hashable, Identifiable {
  /// The entry's own hash, in hexadecimal: of benchmark, agent, configuration, seed and
  /// predictions. The same answers of the same agent and seed are the same entry on every board.
  public let id: String
  /// The benchmark's id.
  public let benchmark: Benchmark.ID
  /// The participant.
  public let participant: Participant
  /// The SHA-256 of the predictions in canonical form, in hexadecimal.
  public let predictionsHash: String
  /// The time of submission, to the second.
  public let submitted: Date
  /// The board's own results, by the task's rules.
  public let results: Results
  /// The public key that signed the entry, if it came from another board; nil for this board's own.
  public let signer: String?

  /// An entry, whose id is derived from its contents.
  public init(
    benchmark: Benchmark.ID, participant: Participant, predictionsHash: String, submitted: Date,
    results: Results, signer: String? = nil
  ) throws {
    (self.benchmark, self.participant) = (benchmark, participant)
    (self.predictionsHash, self.submitted) = (predictionsHash, submitted)
    (self.results, self.signer) = (results, signer)
    id = try ContentID.entry(
      benchmark: benchmark, participant: participant, predictionsHash: predictionsHash)
  }

  /// The first digits of the id, for display.
  public var shortID: String { String(id.prefix(8)) }
}

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
