import Randomness

/// A procedural family of ARC tasks: one kind of rule, whose free choices (colors, a direction) a
/// value of the type holds.
///
/// A family draws question and answer together, knowing what it draws; `apply` derives the answer
/// from the question alone. A test compares the two.
package protocol ARCFamily: Sendable {
  /// The name in settings and in task names: lower-case words joined by hyphens.
  static var name: String { get }
  static var concept: ARCConcept { get }

  /// Makes the free choices of one task's rule.
  init(_ style: ARCStyle, using random: inout RandomStream)

  /// Draws a question with its answer; nil if the objects did not fit.
  func draw(using random: inout RandomStream) -> ARCPair?

  /// The rule as a program; nil for a grid that the rule does not apply to.
  func apply(_ question: ARCGrid) -> ARCGrid?
}
