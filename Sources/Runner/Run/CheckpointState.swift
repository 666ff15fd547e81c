import Foundation
import Gym
import JSON

/// What a checkpoint holds beside the agent's own state.
struct CheckpointState: Sendable, Hashable {
  /// The steps taken.
  var step: Int
  /// The place of the next batch.
  var sampler: SamplerState
  /// The seconds of training so far.
  var seconds: Double
  /// The share of validation puzzles solved, where the dataset has such puzzles.
  var validation: Double?

  /// The state of a run that has not begun.
  static let start = CheckpointState(
    step: 0, sampler: SamplerState(), seconds: 0, validation: nil)

  init(step: Int, sampler: SamplerState, seconds: Double, validation: Double?) {
    self.step = step
    self.sampler = sampler
    self.seconds = seconds
    self.validation = validation
  }

  init(contentsOf file: URL) throws {
    let fields = try JSONFields(JSON(contentsOf: file), at: file.path)
    step = try fields.integer("step", in: 0...Int.max)
    sampler = SamplerState(
      epoch: try fields.integer("epoch", in: 0...Int.max),
      position: try fields.integer("position", in: 0...Int.max))
    seconds = try fields.number("seconds", in: 0...1e12)
    validation = fields.has("validation") ? try fields.number("validation", in: 0...1) : nil
  }

  var json: JSON {
    [
      "step": .integer(Int64(step)),
      "epoch": .integer(Int64(sampler.epoch)),
      "position": .integer(Int64(sampler.position)),
      "seconds": .number(seconds),
      "validation": validation.map { .number($0) } ?? .null,
    ]
  }
}
