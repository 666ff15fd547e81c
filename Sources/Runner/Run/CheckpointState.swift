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
  var spending: Spending
  /// The score of this state, if it was validated.
  var validation: ValidationScore?
  /// The history of all validations, including this one.
  var course: ValidationCourse

  /// The state of a run that has not started.
  static let start = CheckpointState(
    step: 0, sampler: SamplerState(), spending: Spending(), validation: nil,
    course: ValidationCourse())

  init(
    step: Int, sampler: SamplerState, spending: Spending, validation: ValidationScore?,
    course: ValidationCourse
  ) {
    self.step = step
    self.sampler = sampler
    self.spending = spending
    self.validation = validation
    self.course = course
  }

  init(contentsOf file: URL) throws {
    let fields = try JSONFields(JSON(contentsOf: file), at: file.path)
    step = try fields.integer("step", in: 0...JSONFields.mostCounted)
    sampler = SamplerState(
      epoch: try fields.integer("epoch", in: 0...JSONFields.mostCounted),
      position: try fields.integer("position", in: 0...JSONFields.mostCounted))
    // The first runs only counted seconds.
    spending =
      fields.has("spending")
      ? try Spending(fields.fields("spending"))
      : Spending(seconds: try fields.number("seconds", in: 0...1e12))
    validation = fields.has("score") ? try ValidationScore(fields.fields("score")) : nil
    course =
      fields.has("validations")
      ? try ValidationCourse(fields.fields("validations")) : ValidationCourse()
  }

  var json: JSON {
    [
      "step": JSON(step),
      "epoch": JSON(sampler.epoch),
      "position": JSON(sampler.position),
      "spending": spending.json,
      "score": validation?.json ?? .null,
      "validations": course.json,
    ]
  }
}
