import Gym
import Randomness

extension Logic {
  /// Variables are renamed and negated; clauses and their literals are permuted.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    // The new variable for each variable, and whether it is negated.
    let names = random.shuffled(Array(0..<variables))
    let turns = (0..<variables).map { _ in random.below(2) }
    let tokens = (0..<2 * variables).map { number in
      token(of: Literal(number: 2 * names[number / 2] + (number % 2 ^ turns[number / 2])))
    }
    var cells = (0..<grid.cells).map { UInt16($0) }
    for (old, new) in names.enumerated() { cells[new] = UInt16(old) }
    for (column, source) in random.shuffled(Array(0..<capacity)).enumerated() {
      for (row, sourceRow) in random.shuffled([1, 2, 3]).enumerated() {
        cells[(row + 1) * capacity + column] = UInt16(sourceRow * capacity + source)
      }
    }
    return Symmetry(cells: cells, tokens: [Vocabulary.padding, Self.open] + tokens)
  }

  /// The least formula among the renamings that remain after coloring the literals by their
  /// surroundings; nil for the rare formulas with too many of those.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard let formula = formula(of: question)?.formula,
      let least = CanonicalFormula(formula).least
    else { return nil }
    let clauses = least.map { $0.map { Literal(number: $0) } }
    return self.question(
      Formula(variables: variables, clauses: clauses), columns: Array(0..<capacity))
  }
}
