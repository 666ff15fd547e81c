import Foundation
import Gym
import GymDatasets
import GymJSON

/// How long a run trains.
public enum Budget: Sendable, Hashable, CustomStringConvertible {
  /// Training steps.
  case steps(Int)
  /// As many steps as the released code takes: each epoch shows every group once.
  case epochs(Int)
  /// Minutes of training, those before interruptions included.
  case minutes(Double)
  /// Floating-point operations, as the agent counts them. How many steps these are, only the
  /// agent's first step tells: who makes the run plans them.
  case flops(Double)

  public var description: String {
    switch self {
    case .steps(let count): "\(count) step\(count == 1 ? "" : "s")"
    case .epochs(let count): "\(count) epoch\(count == 1 ? "" : "s")"
    case .minutes(let count): "\(Self.plain(count)) minute\(count == 1 ? "" : "s")"
    case .flops(let count):
      "\(Self.short(count)) floating-point operation\(count == 1 ? "" : "s")"
    }
  }

  /// A number as people type it, such as 1e15 or 2.5e14.
  private static func short(_ count: Double) -> String {
    String(format: "%.4g", count).replacingOccurrences(of: "e+0", with: "e")
      .replacingOccurrences(of: "e+", with: "e")
  }

  /// A number of minutes without decimals that say nothing.
  private static func plain(_ count: Double) -> String {
    count == count.rounded() && abs(count) < 1e15 ? String(Int(count)) : "\(count)"
  }

  /// Whether the number of steps is known before.
  var isInSteps: Bool {
    switch self {
    case .steps, .epochs: true
    case .minutes, .flops: false
    }
  }

  /// The number of steps, if it is known before: for epochs, groups × mean examples of a
  /// puzzle × epochs / batch, rounded down, at least 1.
  ///
  /// - Parameter groups: the groups that are drawn from; nil for all.
  public func plannedSteps(
    _ split: DatasetSplit, groups: [Int]? = nil, batchSize: Int
  ) -> Int? {
    switch self {
    case .steps(let count): return count
    case .epochs(let count):
      let puzzles = groups?.flatMap { split.groups[$0] }
      let examples = puzzles?.reduce(0) { $0 + split.puzzles[$1].count }
      let mean =
        Double(examples ?? split.count) / Double(puzzles?.count ?? split.puzzles.count)
      let drawn = Double(count) * Double(groups?.count ?? split.groups.count) * mean
      return max(1, Int(min(drawn / Double(batchSize), 1e15)))
    case .minutes, .flops: return nil
    }
  }

  var json: JSON {
    switch self {
    case .steps(let count): ["steps": JSON(count)]
    case .epochs(let count): ["epochs": JSON(count)]
    case .minutes(let count): ["minutes": .number(count)]
    case .flops(let count): ["flops": .number(count)]
    }
  }

  init(_ fields: JSONFields) throws {
    if fields.has("steps") {
      self = .steps(try fields.integer("steps", in: 1...Self.maximum))
    } else if fields.has("epochs") {
      self = .epochs(try fields.integer("epochs", in: 1...Self.maximum))
    } else if fields.has("flops") {
      self = .flops(try fields.number("flops", in: 0...1e30))
    } else {
      self = .minutes(try fields.number("minutes", in: 0...Double(Self.maximum)))
    }
  }

  /// The most steps, epochs or minutes.
  public static let maximum = 1_000_000_000_000
}

/// How often a run saves its state; it always does at the end.
public struct CheckpointInterval: Sendable, Hashable {
  /// The maximum number of steps between checkpoints; nil for no limit.
  public var steps: Int?
  /// The maximum number of minutes between checkpoints; nil for no limit.
  public var minutes: Double?

  /// By default, every five minutes.
  public init(steps: Int? = nil, minutes: Double? = 5) {
    self.steps = steps
    self.minutes = minutes
  }

  /// Whether a checkpoint is due, some steps and seconds after the last one.
  func isDue(steps: Int, seconds: Double) -> Bool {
    if let every = self.steps, steps >= every { return true }
    if let minutes, seconds >= minutes * 60 { return true }
    return false
  }

  var json: JSON {
    [
      "steps": steps.map { JSON($0) } ?? .null,
      "minutes": minutes.map { .number($0) } ?? .null,
    ]
  }

  init(_ fields: JSONFields) throws {
    steps = fields.has("steps") ? try fields.integer("steps", in: 1...Budget.maximum) : nil
    minutes =
      fields.has("minutes")
      ? try fields.number("minutes", in: 0...Double(Budget.maximum)) : nil
  }
}
