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
