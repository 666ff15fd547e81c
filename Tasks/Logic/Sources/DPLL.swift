/// Solves a formula by the algorithm of Davis, Putnam, Logemann and Loveland (Communications of the
/// ACM 5, 1962): unit clauses decide a literal; then the first open variable is tried, true first.
///
/// The answer found is therefore the first in lexicographic order, with true before false.
struct DPLL: Sendable {
  /// The steps of the search.
  enum Event: Sendable { case unit, guess, undo }

  /// The first answer, one value per variable; nil if there is none.
  private(set) var answer: [Bool]?
  private let formula: Formula

  /// Searches, and reports the values after each step; nil is an open variable.
  init(_ formula: Formula, _ show: (Event, [Bool?]) -> Void = { _, _ in }) {
    self.formula = formula
    answer = search(Array(repeating: nil, count: formula.variables), show)
  }

  private func search(_ values: [Bool?], _ show: (Event, [Bool?]) -> Void) -> [Bool]? {
    var values = values
    while let changed = propagate(&values) {
      if changed {
        show(.unit, values)
        continue
      }
      guard let variable = values.firstIndex(of: nil) else { return values.compactMap { $0 } }
      for value in [true, false] {
        var attempt = values
        attempt[variable] = value
        show(.guess, attempt)
        if let answer = search(attempt, show) { return answer }
        show(.undo, values)
      }
      return nil
    }
    return nil
  }

  /// Decides the last literal of each clause with only one left. Returns nil if a clause has none,
  /// and otherwise whether anything changed.
  private func propagate(_ values: inout [Bool?]) -> Bool? {
    var changed = false
    for clause in formula.clauses {
      if clause.contains(where: { values[$0.variable] == $0.isPositive }) { continue }
      let open = clause.filter { values[$0.variable] == nil }
      guard let literal = open.first else { return nil }
      if open.count == 1 {
        values[literal.variable] = literal.isPositive
        changed = true
      }
    }
    return changed
  }
}
