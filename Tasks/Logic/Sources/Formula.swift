import Foundation
import Gym

/// Clauses of three literals of different variables, all of which must be true.
struct Formula: Sendable, Hashable {
  /// The number of variables, at most 24.
  let variables: Int
  let clauses: [[Literal]]

  init(variables: Int, clauses: [[Literal]]) {
    precondition((1...24).contains(variables))
    self.variables = variables
    self.clauses = clauses
  }

  /// Random clauses, all different if enough exist.
  init(variables: Int, clauses count: Int, using random: inout RandomStream) {
    var clauses: [[Literal]] = []
    var known: Set<Set<Literal>> = []
    for _ in 0..<20 * count where clauses.count < count {
      let clause = random.shuffled(Array(0..<variables)).prefix(3).map {
        Literal(variable: $0, isPositive: random.chance(0.5))
      }
      if known.insert(Set(clause)).inserted { clauses.append(clause) }
    }
    self.init(variables: variables, clauses: clauses)
  }

  /// The clauses that are false under the given values.
  func broken(by values: [Bool]) -> [Int] {
    clauses.indices.filter { index in
      !clauses[index].contains { values[$0.variable] == $0.isPositive }
    }
  }

  /// The number of satisfying assignments, from the whole truth table, 64 rows at a time.
  var answerCount: Int {
    let rows = 1 << variables
    var count = 0
    for start in stride(from: 0, to: rows, by: 64) {
      var word: UInt64 = rows < 64 ? 1 << UInt64(rows) - 1 : .max
      for clause in clauses where word != 0 {
        word &= clause.reduce(0) { $0 | Self.truth(of: $1, from: start) }
      }
      count += word.nonzeroBitCount
    }
    return count
  }

  /// Whether a literal is true in 64 rows of the truth table; variable v is bit v of a row.
  private static func truth(of literal: Literal, from start: Int) -> UInt64 {
    let pattern: UInt64 =
      literal.variable < 6
      ? patterns[literal.variable] : start >> literal.variable & 1 == 1 ? .max : 0
    return literal.isPositive ? pattern : ~pattern
  }

  private static let patterns: [UInt64] = [
    0xAAAA_AAAA_AAAA_AAAA, 0xCCCC_CCCC_CCCC_CCCC, 0xF0F0_F0F0_F0F0_F0F0, 0xFF00_FF00_FF00_FF00,
    0xFFFF_0000_FFFF_0000, 0xFFFF_FFFF_0000_0000,
  ]

  static func binaryLogarithm(_ count: Int) -> Double { log2(Double(count)) }
}

/// A variable or its negation.
struct Literal: Sendable, Hashable {
  let variable: Int
  let isPositive: Bool

  /// The number of the literal: variables in order, each followed by its negation, from 0.
  var number: Int { 2 * variable + (isPositive ? 0 : 1) }

  init(variable: Int, isPositive: Bool) {
    self.variable = variable
    self.isPositive = isPositive
  }

  init(number: Int) { self.init(variable: number / 2, isPositive: number % 2 == 0) }
}
