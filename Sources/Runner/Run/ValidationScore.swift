import Gym
import GymEvaluation
import JSON

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
