import Randomness

/// A procedural family of ARC tasks: one kind of rule, whose free choices (colours, a direction) a
/// value of the type holds.
///
/// A family draws question and answer side by side, knowing what it drew; `apply` finds the answer
/// again by looking at the question alone. A test holds the two against each other.
package protocol ARCFamily: Sendable {
  /// The name in settings and in the names of tasks: lower-case words joined by hyphens.
  static var name: String { get }
  static var concept: ARCConcept { get }

  /// Makes the free choices of one task's rule.
  init(_ style: ARCStyle, using random: inout RandomStream)

  /// Draws a question with its answer; nil if the drawing did not find room.
  func draw(using random: inout RandomStream) -> ARCPair?

  /// The rule as a program; nil for a grid that the rule does not speak of.
  func apply(_ question: ARCGrid) -> ARCGrid?
}
