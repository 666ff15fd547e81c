import Randomness

/// What all pairs of one generated task share beside the rule.
package struct ARCStyle: Sendable {
  /// The most rows or columns of a question.
  let maxSize: Int
  /// The most objects that do not matter.
  let distractors: Int
  /// The task's colours in random order, at least four, none of them 0.
  let palette: [UInt8]

  package init(maxSize: Int, colours: Int, distractors: Int, using random: inout RandomStream) {
    self.maxSize = maxSize
    self.distractors = distractors
    palette = Array(random.shuffled(Array(1...9)).prefix(colours))
  }

  /// The colours that are left for objects when the rule has taken the first few.
  func inks(after taken: Int) -> [UInt8] { Array(palette.dropFirst(taken)) }

  /// A random number of rows or columns.
  func side(atLeast least: Int, using random: inout RandomStream) -> Int {
    random.integer(in: least...max(least, maxSize))
  }

  /// A random number of objects that do not matter.
  func someDistractors(using random: inout RandomStream) -> Int {
    random.below(distractors + 1)
  }
}
