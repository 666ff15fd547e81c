import Gym

/// How sure an entry was and how long it thought, counted over its answers.
struct EntryTally: Sendable, Hashable {
  /// Answers of similar confidence.
  struct Bin: Sendable, Hashable {
    var count = 0
    var solved = 0
    var confidence = 0.0
  }

  /// The answers by confidence, in ten equal intervals from 0 to 1.
  private(set) var bins = Array(repeating: Bin(), count: 10)
  /// The answers by the number of segments, and how many of them solved their puzzle.
  private(set) var segments: [Int: Bin] = [:]

  /// The number of answers whose confidence is known.
  var known: Int { bins.reduce(0) { $0 + $1.count } }

  /// The mean distance of confidence from accuracy, weighted by the answers of each interval.
  var calibrationError: Double {
    let sum = bins.reduce(0.0) { $0 + abs($1.confidence - Double($1.solved)) }
    return known == 0 ? 0 : sum / Double(known)
  }

  /// Counts an answer.
  mutating func add(_ prediction: Prediction, isSolved: Bool) {
    guard prediction.answer != nil else { return }
    let solved = isSolved ? 1 : 0
    segments[prediction.segments, default: Bin()].count += 1
    segments[prediction.segments, default: Bin()].solved += solved
    guard let confidence = prediction.confidence, (0...1).contains(confidence) else { return }
    let bin = min(9, Int(confidence * 10))
    bins[bin].count += 1
    bins[bin].solved += solved
    bins[bin].confidence += confidence
  }

  /// Adds the counts of other answers of the same entry.
  mutating func add(_ other: EntryTally) {
    for index in bins.indices { bins[index].merge(other.bins[index]) }
    for (segment, bin) in other.segments { segments[segment, default: Bin()].merge(bin) }
  }
}

extension EntryTally.Bin {
  fileprivate mutating func merge(_ other: EntryTally.Bin) {
    (count, solved) = (count + other.count, solved + other.solved)
    confidence += other.confidence
  }
}
