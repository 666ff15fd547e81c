import Gym
import JSON

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
