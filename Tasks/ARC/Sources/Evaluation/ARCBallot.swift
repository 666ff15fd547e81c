/// The votes for the answers to one question.
public struct ARCBallot: Sendable, Hashable {
  /// An answer, how many variants gave it, and how sure they were on average.
  public struct Candidate: Sendable, Hashable {
    /// The answer.
    public let grid: ARCGrid
    /// The number of variants that gave it, one at least.
    public let votes: Int
    /// Their mean confidence; one that is not a number counts as 0.
    public let confidence: Double
  }

  private struct Tally: Hashable {
    var votes = 0
    var confidence = 0.0
    /// How many answers had come before the first vote.
    let order: Int
  }

  private var tallies: [ARCGrid: Tally] = [:]

  /// A ballot without votes.
  public init() {}

  /// Adds one vote. A confidence that is not a number counts as none.
  public mutating func add(_ grid: ARCGrid, confidence: Double) {
    var tally = tallies[grid] ?? Tally(order: tallies.count)
    tally.votes += 1
    tally.confidence += confidence.isFinite ? confidence : 0
    tallies[grid] = tally
  }

  /// Adds all votes of another ballot, as if they came after these.
  mutating func add(_ other: ARCBallot) {
    let come = tallies.count
    for (grid, more) in other.tallies {
      var tally = tallies[grid] ?? Tally(order: come + more.order)
      tally.votes += more.votes
      tally.confidence += more.confidence
      tallies[grid] = tally
    }
  }

  /// The answers, most votes first; of as many votes, the surest first; of as sure, the first come.
  public var ranking: [Candidate] {
    tallies.map { grid, tally in
      (
        Candidate(
          grid: grid, votes: tally.votes, confidence: tally.confidence / Double(tally.votes)),
        tally.order
      )
    }.sorted { a, b in
      (a.0.votes, a.0.confidence, b.1) > (b.0.votes, b.0.confidence, a.1)
    }.map(\.0)
  }
}
