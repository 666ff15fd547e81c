import GymEvaluation
import GymJSON

/// An agent with one configuration: all its seeds together, or its only entry.
public struct Contender: Sendable, Hashable {
  /// The agent's name.
  public let agent: String
  /// The indices of its standings, best first.
  public let members: [Int]
  /// How it comes by its answers.
  public let kind: Participant.Kind
  /// The shares of puzzles solved: one for each member.
  public let accuracy: Sample
  /// The 95 % interval of the mean share, as a comparison states it: as wide as the spread over
  /// seeds or the number of puzzles requires; Wilson's for a single entry.
  public let interval: ClosedRange<Double>
  /// Floating-point operations of training, averaged over the members that know them.
  public let trainingFlops: Double?

  /// The number of training runs.
  public var seeds: Int { members.count }

  init(_ members: [Int], of entries: [Entry], puzzles: Int) {
    let own = members.map { entries[$0] }
    agent = own[0].participant.agent
    self.members = members
    kind = own[0].participant.kind
    accuracy = Sample(own.map(\.results.accuracy))
    interval = accuracy.shareInterval(trials: puzzles)
    let known = own.compactMap(\.participant.usage.trainingFlops)
    trainingFlops = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

extension Contender {
  /// The contenders of a ranking's entries, best mean first.
  static func contenders(of entries: [Entry], families: [Family], puzzles: Int) -> [Contender] {
    let grouped = Set(families.flatMap(\.members))
    let groups =
      families.map(\.members) + entries.indices.filter { !grouped.contains($0) }.map { [$0] }
    return groups.map { Contender($0, of: entries, puzzles: puzzles) }.sorted { a, b in
      a.accuracy.mean == b.accuracy.mean
        ? a.members.lexicographicallyPrecedes(b.members) : a.accuracy.mean > b.accuracy.mean
    }
  }
}

/// The entries of one agent with one configuration under several seeds.
public struct Family: Sendable, Hashable {
  /// The agent's name.
  public let agent: String
  /// The indices of its standings, best first.
  public let members: [Int]
  /// The accuracies over the seeds: mean, spread and interval.
  public let accuracy: Sample
}

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
