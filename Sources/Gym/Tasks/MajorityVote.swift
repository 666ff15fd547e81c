/// Votes for the answers to one question: most votes win; if votes are equal, the higher mean
/// confidence; if that is equal, the answer that came first.
public struct MajorityVote<Answer: Sendable & Hashable>: Sendable, Hashable {
  /// An answer with the votes that it got.
  public struct Candidate: Sendable, Hashable {
    /// The answer.
    public let answer: Answer
    /// Whether it wins over all answers that are not preferred, whatever their votes.
    public let isPreferred: Bool
    /// The number of votes for it, one at least.
    public fileprivate(set) var votes = 0
    fileprivate var confidenceSum = 0.0
    fileprivate var confidences = 0
    /// How many answers had come before its first vote.
    fileprivate let order: Int

    /// The mean confidence of the votes that have one; nil if none has.
    public var confidence: Double? {
      confidences == 0 ? nil : confidenceSum / Double(confidences)
    }

    fileprivate func beats(_ other: Candidate) -> Bool {
      if isPreferred != other.isPreferred { return isPreferred }
      if votes != other.votes { return votes > other.votes }
      let (own, others) = (confidence ?? 0, other.confidence ?? 0)
      return own == others ? order < other.order : own > others
    }
  }

  private var candidates: [Answer: Candidate] = [:]

  /// A vote that nobody took part in yet.
  public init() {}

  /// Adds one vote. A confidence that is not finite counts as none.
  public mutating func add(_ answer: Answer, confidence: Double?) {
    add(answer, confidence: confidence) { _ in false }
  }

  /// Adds one vote. A confidence that is not finite counts as none.
  ///
  /// - Parameter isPreferred: whether the answer wins over all that are not; asked at its first
  ///   vote.
  public mutating func add(
    _ answer: Answer, confidence: Double?, isPreferred: (Answer) throws -> Bool
  ) rethrows {
    var candidate: Candidate
    if let known = candidates[answer] {
      candidate = known
    } else {
      candidate = Candidate(
        answer: answer, isPreferred: try isPreferred(answer), order: candidates.count)
    }
    candidate.votes += 1
    if let confidence, confidence.isFinite {
      candidate.confidenceSum += confidence
      candidate.confidences += 1
    }
    candidates[answer] = candidate
  }

  /// Adds all votes of another vote, as if they came after these.
  public mutating func add(_ other: MajorityVote) {
    for more in other.candidates.values.sorted(by: { $0.order < $1.order }) {
      var candidate =
        candidates[more.answer]
        ?? Candidate(
          answer: more.answer, isPreferred: more.isPreferred, order: candidates.count)
      candidate.votes += more.votes
      candidate.confidenceSum += more.confidenceSum
      candidate.confidences += more.confidences
      candidates[more.answer] = candidate
    }
  }

  /// The answers, the winner first.
  public var ranking: [Candidate] { candidates.values.sorted { $0.beats($1) } }

  /// The answer that wins; nil if nobody voted.
  public var winner: Candidate? { candidates.values.min { $0.beats($1) } }
}
