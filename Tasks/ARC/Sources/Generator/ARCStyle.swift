import Randomness

/// The properties that all pairs of one generated task share, besides the rule.
package struct ARCStyle: Sendable {
  /// The maximum number of rows or columns of a question.
  let maxSize: Int
  /// The maximum number of irrelevant objects.
  let distractors: Int
  /// The task's colors in random order, at least four, none of them 0.
  let palette: [UInt8]

  package init(maxSize: Int, colors: Int, distractors: Int, using random: inout RandomStream) {
    self.maxSize = maxSize
    self.distractors = distractors
    palette = Array(random.shuffled(Array(1...9)).prefix(colors))
  }

  /// The colors left for objects after the rule has taken the first few.
  func inks(after taken: Int) -> [UInt8] { Array(palette.dropFirst(taken)) }

  /// A random number of rows or columns.
  func side(atLeast least: Int, using random: inout RandomStream) -> Int {
    random.integer(in: least...max(least, maxSize))
  }

  /// A random number of irrelevant objects.
  func someDistractors(using random: inout RandomStream) -> Int {
    random.below(distractors + 1)
  }
}
