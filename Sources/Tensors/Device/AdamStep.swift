import Foundation

/// The parameters of one step of AdamW or AdamATan2, with decoupled weight decay.
public struct AdamStep: Sendable, Hashable {
  /// The learning rate.
  public let rate: Float
  /// The weight decay: parameters are first multiplied by 1 − rate · decay.
  public let decay: Float
  /// The decay rate of the first moments, in 0..<1.
  public let beta1: Float
  /// The decay rate of the second moments, in 0..<1.
  public let beta2: Float
  /// 1 − beta1ᵗ, by which the first moments are divided.
  public let correction1: Float
  /// 1 − beta2ᵗ, by which the second moments are divided.
  public let correction2: Float

  /// Step `t`, counted from 1.
  ///
  /// - Precondition: t is positive, the betas are in 0..<1.
  public init(t: Int, rate: Double, decay: Double, beta1: Double, beta2: Double) {
    precondition(t > 0 && (0..<1).contains(beta1) && (0..<1).contains(beta2))
    self.rate = Float(rate)
    self.decay = Float(decay)
    self.beta1 = Float(beta1)
    self.beta2 = Float(beta2)
    correction1 = Float(1 - pow(beta1, Double(t)))
    correction2 = Float(1 - pow(beta2, Double(t)))
  }
}
