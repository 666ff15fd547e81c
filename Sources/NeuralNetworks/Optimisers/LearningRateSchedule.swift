import Foundation

/// The learning rate of each step: a linear warm-up, then constant or a cosine to a share of the
/// base.
public struct LearningRateSchedule: Sendable, Hashable {
  /// The rate at the end of the warm-up.
  public let base: Double
  /// The steps over which the rate rises to the base in a straight line; 0 for no warm-up.
  public let warmupSteps: Int
  /// The step at which the cosine ends; nil for a constant rate.
  public let totalSteps: Int?
  /// The share of the base rate that the cosine ends at; 1 is constant.
  public let minimumRatio: Double

  /// A schedule; constant after the warm-up unless `totalSteps` and a ratio below 1 are given.
  public init(base: Double, warmupSteps: Int, totalSteps: Int? = nil, minimumRatio: Double = 1) {
    self.base = base
    self.warmupSteps = warmupSteps
    self.totalSteps = totalSteps
    self.minimumRatio = minimumRatio
  }

  /// The rate of a step, counted from 1.
  public func rate(at step: Int) -> Double {
    if step < warmupSteps { return base * Double(step) / Double(max(1, warmupSteps)) }
    guard let totalSteps, minimumRatio < 1 else { return base }
    let progress = Double(step - warmupSteps) / Double(max(1, totalSteps - warmupSteps))
    let cosine = 0.5 * (1 + cos(.pi * min(1, progress)))
    return base * (minimumRatio + (1 - minimumRatio) * max(0, cosine))
  }
}
