import Gym
import Randomness

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
