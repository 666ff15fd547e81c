import Gym
import GymRandomness

/// Answers each cell with the label that was most frequent there in training, among the labels that
/// ever occurred in place of the question's token. Given cells therefore stay, and blanks get the
/// usual label.
public final class MostFrequent: CountingAgent {
  public static let id = PluginID("most-frequent", version: 1)
  public static let summary = "The most frequent label of each cell; what is given stays."
  public static let settings: [Setting] = []

  let context: AgentContext
  var state: CountingState
  private static let byToken = "labels-by-token"
  private static let byCell = "labels-by-cell"

  public init(settings: Settings, context: AgentContext) throws {
    self.context = context
    let labels = context.vocabularyCount
    state = CountingState(
      agent: Self.id, context: context, steps: 0, seed: context.seed,
      counts: [
        Self.byToken: LabelCounts(conditions: labels, labels: labels),
        Self.byCell: LabelCounts(conditions: context.grid.cells, labels: labels),
      ])
  }

  func count(_ label: UInt8, inPlaceOf token: UInt8, cell: Int) {
    state.counts[Self.byToken]?.add(label, under: Int(token))
    state.counts[Self.byCell]?.add(label, under: cell)
  }

  func answer(to question: ArraySlice<UInt8>) -> [UInt8] {
    guard let byToken = state.counts[Self.byToken], let byCell = state.counts[Self.byCell] else {
      return Array(question)
    }
    let seen = (0..<context.vocabularyCount).map { byToken.seen(under: $0) }
    return question.enumerated().map { cell, token in
      // The first of equally frequent labels, so that answers are the same on every machine. An
      // unknown token stays.
      var best: UInt8?
      for label in seen[Int(token)] {
        if best.map({ byCell[cell, Int(label)] > byCell[cell, Int($0)] }) ?? true { best = label }
      }
      return best ?? token
    }
  }
}

/// Answers each cell with a random label among those that occurred in training in place of the
/// question's token: given cells stay, and only tokens that occur in answers are used.
public final class RandomLegal: CountingAgent {
  public static let id = PluginID("random-legal", version: 1)
  public static let summary = "Random tokens of those that answers hold; what is given stays."
  public static let settings: [Setting] = []

  let context: AgentContext
  var state: CountingState
  private static let byToken = "labels-by-token"

  public init(settings: Settings, context: AgentContext) throws {
    self.context = context
    state = CountingState(
      agent: Self.id, context: context, steps: 0, seed: context.seed,
      counts: [
        Self.byToken: LabelCounts(
          conditions: context.vocabularyCount, labels: context.vocabularyCount)
      ])
  }

  func count(_ label: UInt8, inPlaceOf token: UInt8, cell: Int) {
    state.counts[Self.byToken]?.add(label, under: Int(token))
  }

  func answer(to question: ArraySlice<UInt8>) -> [UInt8] {
    guard let byToken = state.counts[Self.byToken] else { return Array(question) }
    let seen = (0..<context.vocabularyCount).map { byToken.seen(under: $0) }
    // The question selects the stream: neighbors and order do not change the answer.
    var key = RandomKey(seed: state.seed, "random-legal")
    for token in question { key = key.deriving(UInt64(token)) }
    var random = RandomStream(key: key, stream: 0)
    return question.map { token in random.element(of: seen[Int(token)]) ?? token }
  }
}
