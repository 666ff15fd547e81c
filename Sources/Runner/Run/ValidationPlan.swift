import JSON

/// When a run is validated, and when it stops since that no longer gets better.
public struct ValidationPlan: Sendable, Hashable {
  /// The steps between two validations; nil for one at each checkpoint.
  public var steps: Int?
  /// The validations in a row without a better score after which training stops; nil to train on.
  /// Counted only where validations come at fixed steps, so that a run that was interrupted stops
  /// where an uninterrupted one does.
  public var patience: Int?

  /// Validation at each checkpoint, unless something else is said.
  public init(steps: Int? = nil, patience: Int? = nil) {
    self.steps = steps
    self.patience = patience
  }

  var json: JSON {
    [
      "steps": steps.map { .integer(Int64($0)) } ?? .null,
      "patience": patience.map { .integer(Int64($0)) } ?? .null,
    ]
  }

  init(_ fields: JSONFields) throws {
    steps = fields.has("steps") ? try fields.integer("steps", in: 1...Budget.most) : nil
    patience = fields.has("patience") ? try fields.integer("patience", in: 1...Budget.most) : nil
  }
}
