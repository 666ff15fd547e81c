import JSON

/// What counts of a validation: puzzles wholly solved, then, if as many were, cells.
public struct ValidationScore: Sendable, Hashable, Comparable {
  /// The share of puzzles wholly solved.
  public let exact: Double
  /// The mean share of cells that equal the label.
  public let cells: Double

  /// What counts of a score.
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
