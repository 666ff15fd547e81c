import Foundation
import Gym
import JSON

/// The state of a counting agent: a JSON file that records what it was counted from.
struct CountingState {
  let agent: PluginID
  let context: AgentContext
  var steps: Int
  /// The initial seed of the agent; answers depend on it.
  var seed: UInt64
  var counts: [String: LabelCounts]

  private static let file = "counts.json"

  /// Writes the state into a folder.
  func save(to folder: URL) throws {
    var json = JSONObject(fixedFields)
    json["steps"] = JSON(steps)
    json["seed"] = .string("\(seed)")
    for (name, counts) in counts.sorted(by: { $0.key < $1.key }) {
      json[name] = .array(counts.counts.map { JSON($0) })
    }
    try JSON.object(json).write(to: folder.appendingPathComponent(Self.file), style: .compact)
  }

  /// Reads a state of the same agent and context; it must have the same number of counts.
  mutating func restore(from folder: URL) throws {
    let url = folder.appendingPathComponent(Self.file)
    let json = try JSON(contentsOf: url)
    for (name, value) in fixedFields where json[name] != value {
      throw GymError(
        "\(name) is \((json[name] ?? .null).description.prefix(40))", at: url.path,
        expected: value.text())
    }
    guard let steps = json["steps"]?.integer, steps >= 0,
      let seed = json["seed"]?.string.flatMap({ UInt64($0) })
    else {
      throw GymError(
        "the saved state lacks valid steps or a valid seed", at: url.path,
        expected: "\"steps\": an integer from 0, \"seed\": digits in quotes")
    }
    var restored: [String: LabelCounts] = [:]
    for (name, old) in counts {
      let numbers = json[name]?.array?.compactMap(\.integer) ?? []
      guard
        let counts = LabelCounts(
          conditions: old.counts.count / old.labels, labels: old.labels, counts: numbers)
      else {
        throw GymError(
          "\(name) are not the counts of this agent", at: url.path,
          expected: "\(old.counts.count) whole numbers from 0")
      }
      restored[name] = counts
    }
    (self.steps, self.seed, counts) = (steps, seed, restored)
  }

  /// The fields that must be equal when the state is read.
  private var fixedFields: [(String, JSON)] {
    [
      ("agent", .string(agent.description)),
      ("vocabulary", JSON(context.vocabularyCount)),
      ("rows", JSON(context.grid.rows)),
      ("columns", JSON(context.grid.columns)),
      ("identifiers", JSON(context.puzzleIdentifiers)),
    ]
  }
}
