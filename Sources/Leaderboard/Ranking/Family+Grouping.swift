import GymEvaluation
import JSON

extension Family {
  private struct Key: Hashable {
    let agent: String
    let configuration: String
  }

  /// The agents with several entries that differ only in the seed, best mean first.
  static func families(of entries: [Entry]) -> [Family] {
    var members: [Key: [Int]] = [:]
    for (index, entry) in entries.enumerated() where entry.participant.seed != nil {
      let configuration = entry.participant.configurationText
      let key = Key(agent: entry.participant.agent, configuration: configuration)
      members[key, default: []].append(index)
    }
    return members.filter { _, indices in
      Set(indices.map { entries[$0].participant.seed }).count > 1
    }.map { key, indices in
      Family(
        agent: key.agent, members: indices,
        accuracy: Sample(indices.map { entries[$0].results.accuracy }))
    }.sorted { a, b in
      a.accuracy.mean == b.accuracy.mean
        ? a.members.lexicographicallyPrecedes(b.members) : a.accuracy.mean > b.accuracy.mean
    }
  }
}
