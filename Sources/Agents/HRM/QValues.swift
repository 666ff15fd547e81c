import Foundation

/// The Q head's logits for one puzzle.
public struct QValues: Sendable, Hashable {
  /// The logit of "halting now is right".
  public let halt: Float
  /// The logit of the value of going on.
  public let `continue`: Float

  /// The larger of the two.
  var best: Float { max(halt, `continue`) }
}

/// The logistic function.
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// The binary cross-entropy of a logit and a target in 0...1, without overflow.
func binaryCrossEntropy(logit: Double, target: Double) -> Double {
  max(logit, 0) - logit * target + log1p(exp(-abs(logit)))
}
