import Gym
import JSON

/// When a run is validated, and when it stops because the score no longer improves.
public struct ValidationPlan: Sendable, Hashable {
  /// The number of steps between validations.
  public var steps: Int?
  /// The number of equal parts of the budget, each followed by a validation, if `steps` is nil; nil
  /// for a validation at each checkpoint.
  public var parts: Int?
  /// The number of consecutive validations without a better score after which training stops; nil
  /// to continue. It applies only if validations happen at fixed steps, so that an interrupted run
  /// stops at the same step as an uninterrupted one.
  public var patience: Int?

  /// By default, validation at each checkpoint.
  public init(steps: Int? = nil, parts: Int? = nil, patience: Int? = nil) {
    self.steps = steps
    self.parts = parts
    self.patience = patience
  }

  /// Whether validations are scheduled separately from checkpoints.
  var hasTimes: Bool { steps != nil || parts != nil }

  var json: JSON {
    [
      "steps": steps.map { JSON($0) } ?? .null,
      "parts": parts.map { JSON($0) } ?? .null,
      "patience": patience.map { JSON($0) } ?? .null,
    ]
  }

  init(_ fields: JSONFields) throws {
    steps = fields.has("steps") ? try fields.integer("steps", in: 1...Budget.maximum) : nil
    parts = fields.has("parts") ? try fields.integer("parts", in: 1...1000) : nil
    patience = fields.has("patience") ? try fields.integer("patience", in: 1...Budget.maximum) : nil
  }
}
