import Foundation
import Gym
import GymEvaluation
import JSON

/// The contents of a checkpoint besides the agent's own state.
struct CheckpointState: Sendable, Hashable {
  /// The steps taken.
  var step: Int
  /// The position of the next batch.
  var sampler: SamplerState
  /// The cost of training so far.
  var spending: ResourceUsage
  /// The score of this state, if it was validated.
  var validation: ValidationScore?
  /// The history of all validations, including this one.
  var history: ValidationHistory

  /// The state of a run that has not started.
  static let start = CheckpointState(
    step: 0, sampler: SamplerState(), spending: ResourceUsage(), validation: nil,
    history: ValidationHistory())

  init(
    step: Int, sampler: SamplerState, spending: ResourceUsage, validation: ValidationScore?,
    history: ValidationHistory
  ) {
    self.step = step
    self.sampler = sampler
    self.spending = spending
    self.validation = validation
    self.history = history
  }

  init(contentsOf file: URL) throws {
    let fields = try JSONFields(JSON(contentsOf: file), at: file.path)
    step = try fields.integer("step", in: 0...JSONFields.maximumCounted)
    sampler = SamplerState(
      epoch: try fields.integer("epoch", in: 0...JSONFields.maximumCounted),
      position: try fields.integer("position", in: 0...JSONFields.maximumCounted))
    // The first runs only counted seconds.
    spending =
      fields.has("spending")
      ? try ResourceUsage(fields.fields("spending"))
      : ResourceUsage(seconds: try fields.number("seconds", in: 0...1e12))
    validation = fields.has("score") ? try ValidationScore(fields.fields("score")) : nil
    history =
      fields.has("validations")
      ? try ValidationHistory(fields.fields("validations")) : ValidationHistory()
  }

  var json: JSON {
    [
      "step": JSON(step),
      "epoch": JSON(sampler.epoch),
      "position": JSON(sampler.position),
      "spending": spending.json,
      "score": validation?.json ?? .null,
      "validations": history.json,
    ]
  }
}
