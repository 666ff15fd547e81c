import Gym

/// The answers of several voters to one puzzle.
struct Ballot {
  private struct Candidate {
    let answer: [UInt8]
    let keepsRules: Bool
    var votes = 0
    var confidences: [Double] = []

    var confidence: Double? {
      confidences.isEmpty ? nil : confidences.reduce(0, +) / Double(confidences.count)
    }

    /// Whether this candidate, which came later, beats another.
    func beats(_ other: Candidate) -> Bool {
      if keepsRules != other.keepsRules { return keepsRules }
      if votes != other.votes { return votes > other.votes }
      return confidence ?? 0 > other.confidence ?? 0
    }
  }

  private var candidates: [Candidate] = []
  private var places: [[UInt8]: Int] = [:]
  private var failure: String?
  private var segments = 0
  private var cost = Cost()
  private let keepsRules: (([UInt8]) -> Bool)?

  /// - Parameter keepsRules: whether an answer follows the rules; nil if they are not used.
  init(keepsRules: (([UInt8]) -> Bool)?) {
    self.keepsRules = keepsRules
  }

  /// Counts a voter's answer; a voter without an answer has no vote.
  mutating func add(_ prediction: Prediction) {
    cost += prediction.cost.bounded
    segments = max(segments, prediction.segments)
    guard let answer = prediction.answer else {
      failure = failure ?? prediction.failure
      return
    }
    let place = places[answer] ?? candidates.count
    if place == candidates.count {
      candidates.append(Candidate(answer: answer, keepsRules: keepsRules?(answer) ?? false))
      places[answer] = place
    }
    candidates[place].votes += 1
    if let confidence = prediction.confidence, confidence.isFinite {
      candidates[place].confidences.append(confidence)
    }
  }

  /// The winning answer, with the mean confidence of the voters that gave it, the maximum number of
  /// segments of any voter, and the total cost of all voters.
  var result: Prediction {
    var best = candidates.first
    for candidate in candidates.dropFirst() {
      if let leader = best, candidate.beats(leader) { best = candidate }
    }
    return Prediction(
      answer: best?.answer, confidence: best?.confidence, segments: segments,
      failure: best == nil ? failure ?? "no answer" : nil, cost: cost)
  }
}
