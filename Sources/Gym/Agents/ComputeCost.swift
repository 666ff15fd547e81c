/// The compute that an agent used: counted, never timed, so that it is the same on every machine.
///
/// All members are sums, so the costs of several steps or puzzles can be added.
public struct ComputeCost: Sendable, Hashable {
  /// Floating-point operations, counted from the shapes: two per multiply-add of the matrix
  /// products.
  public var flops: Double
  /// Forward passes of the agent's network, or calls of its process.
  public var passes: Int
  /// Thought tokens: the text that a language model writes before its answer.
  public var tokens: Int

  /// A cost; every member is 0 by default.
  public init(flops: Double = 0, passes: Int = 0, tokens: Int = 0) {
    self.flops = flops
    self.passes = passes
    self.tokens = tokens
  }

  /// The sum of two costs.
  public static func + (a: ComputeCost, b: ComputeCost) -> ComputeCost {
    ComputeCost(flops: a.flops + b.flops, passes: a.passes + b.passes, tokens: a.tokens + b.tokens)
  }

  /// Adds a cost to this one.
  public static func += (a: inout ComputeCost, b: ComputeCost) { a = a + b }
}
