import JSON

/// How often a run saves its state; it always does at the end.
public struct CheckpointInterval: Sendable, Hashable {
  /// The steps between two checkpoints, if they count.
  public var steps: Int?
  /// The minutes between two checkpoints, if they count.
  public var minutes: Double?

  /// Every five minutes, unless something else is said.
  public init(steps: Int? = nil, minutes: Double? = 5) {
    self.steps = steps
    self.minutes = minutes
  }

  /// Whether it is time, some steps and seconds after the last checkpoint.
  func isDue(steps: Int, seconds: Double) -> Bool {
    if let every = self.steps, steps >= every { return true }
    if let minutes, seconds >= minutes * 60 { return true }
    return false
  }

  var json: JSON {
    [
      "steps": steps.map { .integer(Int64($0)) } ?? .null,
      "minutes": minutes.map { .number($0) } ?? .null,
    ]
  }

  init(_ fields: JSONFields) throws {
    steps = fields.has("steps") ? try fields.integer("steps", in: 1...Budget.most) : nil
    minutes =
      fields.has("minutes")
      ? try fields.number("minutes", in: 0...Double(Budget.most)) : nil
  }
}
