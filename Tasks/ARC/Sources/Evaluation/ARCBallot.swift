/// The votes for the answers to one question.
public struct ARCBallot: Sendable, Hashable {
  /// An answer, how many variants gave it, and how sure they were on average.
  public struct Candidate: Sendable, Hashable {
    /// The answer.
    public let grid: ARCGrid
    /// The number of variants that gave it, at least one.
    public let votes: Int
    /// Their mean confidence; a confidence that is not a number counts as 0.
    public let confidence: Double
  }

  private struct Tally: Hashable {
    var votes = 0
    var confidence = 0.0
    /// The number of answers before its first vote.
    let order: Int
  }

  private var tallies: [ARCGrid: Tally] = [:]

  /// A ballot without votes.
  public init() {}

  /// Adds one vote. A confidence that is not a number counts as 0.
  public mutating func add(_ grid: ARCGrid, confidence: Double) {
    var tally = tallies[grid] ?? Tally(order: tallies.count)
    tally.votes += 1
    tally.confidence += confidence.isFinite ? confidence : 0
    tallies[grid] = tally
  }

  /// Adds all votes of another ballot, as if they came after this one's.
  mutating func add(_ other: ARCBallot) {
    let come = tallies.count
    for (grid, more) in other.tallies {
      var tally = tallies[grid] ?? Tally(order: come + more.order)
      tally.votes += more.votes
      tally.confidence += more.confidence
      tallies[grid] = tally
    }
  }

  /// The answers, most votes first; with equal votes the most confident first, then the earliest.
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
