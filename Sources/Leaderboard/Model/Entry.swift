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
