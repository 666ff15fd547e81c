import Gym
import GymEvaluation
import GymJSON

/// When a run is validated, and when it stops because the score no longer improves.
public struct ValidationPlan: Sendable, Hashable {
  /// The number of steps between validations.
  public var steps: Int?
  /// The number of equal parts of the budget, each followed by a validation, if `steps` is nil; nil
  /// for a validation at each checkpoint.
  public var parts: Int?
  /// The number of consecutive validations without a better score after which training stops; nil
  /// to continue. It needs `steps` or `parts`, which say when validations happen. An interrupted
  /// run then stops at the same step as an uninterrupted one, except for parts of a budget in
  /// minutes.
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

/// The part of a validation's score that is compared: puzzles solved completely and, if equal,
/// cells.
public struct ValidationScore: Sendable, Hashable, Comparable {
  /// The share of puzzles solved completely.
  public let exact: Double
  /// The mean share of cells that equal the label.
  public let cells: Double

  /// The compared part of a score.
  public init(_ score: Score) {
    exact = score.exactAccuracy
    cells = score.cellAccuracy
  }

  public static func < (a: ValidationScore, b: ValidationScore) -> Bool {
    (a.exact, a.cells) < (b.exact, b.cells)
  }

  var json: JSON { ["exact": .number(exact), "cells": .number(cells)] }

  init(_ fields: JSONFields) throws {
    exact = try fields.number("exact", in: 0...1)
    cells = try fields.number("cells", in: 0...1)
  }
}

/// The history of a run's validations.
struct ValidationHistory: Sendable, Hashable {
  /// The best score, and its step.
  private(set) var best: ValidationScore?
  private(set) var bestStep = 0
  /// The number of consecutive validations since then.
  private(set) var stale = 0
  /// The number of validations.
  private(set) var count = 0

  init() {}

  /// Adds the score of a step; returns whether it is better than all before.
  mutating func add(_ score: ValidationScore, step: Int) -> Bool {
    count += 1
    if let best, score <= best {
      stale += 1
      return false
    }
    (best, bestStep, stale) = (score, step, 0)
    return true
  }

  var json: JSON {
    [
      "best": best?.json ?? .null, "best-step": JSON(bestStep),
      "stale": JSON(stale), "count": JSON(count),
    ]
  }

  init(_ fields: JSONFields) throws {
    best = fields.has("best") ? try ValidationScore(fields.fields("best")) : nil
    bestStep = try fields.integer("best-step", in: 0...JSONFields.maximumCounted)
    stale = try fields.integer("stale", in: 0...JSONFields.maximumCounted)
    count =
      fields.has("count") ? try fields.integer("count", in: 0...JSONFields.maximumCounted) : 0
  }
}
