/// What an agent spent: counted, never timed, so that it is the same on every machine.
///
/// Sums, so that the costs of several steps or puzzles can be added up.
public struct Cost: Sendable, Hashable {
  /// Floating-point operations, counted from the shapes: two for each multiplication with addition
  /// of the matrix products.
  public var flops: Double
  /// Forward passes of the agent's network, or calls of its process.
  public var passes: Int
  /// Thought tokens: what the agent wrote before its answer, if it speaks.
  public var tokens: Int

  /// A cost of so much; nothing unless something is said.
  public init(flops: Double = 0, passes: Int = 0, tokens: Int = 0) {
    self.flops = flops
    self.passes = passes
    self.tokens = tokens
  }

  /// The costs of both.
  public static func + (a: Cost, b: Cost) -> Cost {
    Cost(flops: a.flops + b.flops, passes: a.passes + b.passes, tokens: a.tokens + b.tokens)
  }

  /// Adds a cost to this one.
  public static func += (a: inout Cost, b: Cost) { a = a + b }
}
