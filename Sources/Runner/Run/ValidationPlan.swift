import JSON

/// When a run is validated, and when it stops since that no longer gets better.
public struct ValidationPlan: Sendable, Hashable {
  /// The steps between two validations.
  public var steps: Int?
  /// The parts of the budget after each of which a validation comes, if `steps` does not say when;
  /// nil for one at each checkpoint.
  public var parts: Int?
  /// The validations in a row without a better score after which training stops; nil to train on.
  /// Counted only if validations come at fixed steps, so that a run that was interrupted stops
  /// where an uninterrupted one does.
  public var patience: Int?

  /// Validation at each checkpoint, unless something else is said.
  public init(steps: Int? = nil, parts: Int? = nil, patience: Int? = nil) {
    self.steps = steps
    self.parts = parts
    self.patience = patience
  }

  /// Whether validations have times of their own, and do not come with checkpoints.
  var hasTimes: Bool { steps != nil || parts != nil }

  var json: JSON {
    [
      "steps": steps.map { .integer(Int64($0)) } ?? .null,
      "parts": parts.map { .integer(Int64($0)) } ?? .null,
      "patience": patience.map { .integer(Int64($0)) } ?? .null,
    ]
  }

  init(_ fields: JSONFields) throws {
    steps = fields.has("steps") ? try fields.integer("steps", in: 1...Budget.most) : nil
    parts = fields.has("parts") ? try fields.integer("parts", in: 1...1000) : nil
    patience = fields.has("patience") ? try fields.integer("patience", in: 1...Budget.most) : nil
  }
}
