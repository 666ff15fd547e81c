import Foundation
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
  /// The properties that the entries of a family have in common.
  private struct Key: Hashable {
    let agent: String
    let configuration: String
    let kind: Participant.Kind
    /// How it was asked: votes, segments and the like, and whether without demonstrations.
    let asking: String
    let ignoresDemonstrations: Bool

    init(_ participant: Participant) {
      (agent, configuration) = (participant.agent, participant.configurationText)
      (kind, asking) = (participant.kind, participant.askingOptions)
      ignoresDemonstrations = participant.ignoresDemonstrations
    }
  }

  /// Training that costs more than this many times as much is another budget. Seeds under one
  /// budget of time or steps differ by less.
  private static let budgetRatio = 1.5

  /// The agents with several entries that differ only in the seed, best mean first.
  static func families(of entries: [Entry]) -> [Family] {
    var alike: [Key: [Int]] = [:]
    for (index, entry) in entries.enumerated() where entry.participant.seed != nil {
      alike[Key(entry.participant), default: []].append(index)
    }
    // First by budget: a seed that was trained twice as long is another run, not a repeated one.
    let groups = alike.values.flatMap { byBudget($0, entries) }.map { oneBySeed($0, entries) }
    return groups.filter { $0.count > 1 }.map { indices in
      Family(
        agent: entries[indices[0]].participant.agent, members: indices.sorted(),
        accuracy: Sample(indices.sorted().map { entries[$0].results.accuracy }))
    }.sorted { a, b in
      a.accuracy.mean == b.accuracy.mean
        ? a.members.lexicographicallyPrecedes(b.members) : a.accuracy.mean > b.accuracy.mean
    }
  }

  /// Entries of different seeds: of several with the same one, the first submitted. Within one
  /// second the id decides, which does not depend on what was solved.
  private static func oneBySeed(_ indices: [Int], _ entries: [Entry]) -> [Int] {
    Dictionary(grouping: indices) { entries[$0].participant.seed }.values.compactMap { same in
      same.min { a, b in
        (entries[a].submitted, entries[a].id) < (entries[b].submitted, entries[b].id)
      }
    }
  }

  /// Entries whose training cost about the same, or is not known.
  private static func byBudget(_ indices: [Int], _ entries: [Entry]) -> [[Int]] {
    func cost(_ index: Int) -> Double { entries[index].participant.usage.trainingFlops ?? 0 }
    var groups: [[Int]] = []
    for index in indices.sorted(by: { cost($0) < cost($1) }) {
      if let first = groups.last?.first, cost(index) <= budgetRatio * cost(first) {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups
  }
}

extension Participant {
  /// The options with which its command asks the agent, such as `--votes 8`; empty if it has none.
  fileprivate var askingOptions: String {
    guard let command, let asks = command.range(of: "reasongym evaluate ") else { return "" }
    let words = command[asks.upperBound...].split(separator: " ")
    return words.drop { !$0.hasPrefix("--") }.joined(separator: " ")
      .replacing("--data DATA", with: "").trimmingCharacters(in: .whitespaces)
  }
}
