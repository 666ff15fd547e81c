import Foundation
import Gym
import JSON
import NeuralNetworks
import Tensors

/// The `config.json` of a recording: the released implementation's names for sizes and settings.
struct RecordedRecipe {
  let configuration: HRMConfiguration
  let steps: Int

  init(contentsOf url: URL) throws {
    let reader = Reader(path: url.path, json: try JSON(contentsOf: url))
    let (model, optimizer) = (try reader.member("model"), try reader.member("optimizer"))
    let puzzles = try reader.member("puzzle_embedding_optimizer")
    steps = try reader.integer("steps", in: 1...10_000)
    let hidden = try model.integer("hidden_size", in: 2...8192)
    guard
      let block = BlockConfiguration(
        hidden: hidden, heads: try model.integer("num_heads", in: 1...hidden),
        expansion: try model.number("expansion"))
    else {
      throw GymError("num_heads does not divide hidden_size into even parts", at: url.path)
    }
    func constant(_ reader: Reader) throws -> LearningRateSchedule {
      LearningRateSchedule(base: try reader.number("lr"), warmupSteps: 0)
    }
    configuration = HRMConfiguration(
      block: block,
      highBlocks: try model.integer("H_layers", in: 1...64),
      lowBlocks: try model.integer("L_layers", in: 1...64),
      highCycles: try model.integer("H_cycles", in: 1...64),
      lowCycles: try model.integer("L_cycles", in: 1...64),
      positions: try model.choice("pos_encodings", ["rope": .rotary, "learned": .learned]),
      puzzleWidth: try model.integer("puzzle_emb_ndim", in: 0...65_536),
      activationType: try model.choice(
        "forward_dtype", ["float32": .float32, "bfloat16": .bfloat16]),
      ablation: .none,
      vocabularyCount: try model.integer("vocab_size", in: 2...255),
      cells: try model.integer("seq_len", in: 1...65_536),
      puzzleIdentifiers: try model.integer("num_puzzle_identifiers", in: 1...10_000_000),
      batchSize: try model.integer("batch_size", in: 1...65_536),
      loss: try reader.choice(
        "loss",
        ["stablemax_cross_entropy": .stablemax, "softmax_cross_entropy": .softmax]),
      gradient: .oneStep, halting: .qLearning,
      maxSegments: try model.integer("halt_max_steps", in: 1...1024),
      exploration: try model.number("halt_exploration_prob"),
      rate: try constant(optimizer), decay: try optimizer.number("weight_decay"),
      beta1: try optimizer.number("beta1"), beta2: try optimizer.number("beta2"),
      puzzleRate: try constant(puzzles), puzzleDecay: try puzzles.number("weight_decay"),
      averageDecay: 0)
  }

  /// Reads members with errors that say where and what.
  private struct Reader {
    let path: String
    let json: JSON

    func member(_ name: String) throws -> Reader {
      guard let value = json[name], value.object != nil else {
        throw GymError("\"\(name)\" is missing", at: path, expected: "an object")
      }
      return Reader(path: path, json: value)
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
      guard let value = json[name]?.integer, range.contains(Int(value)) else {
        throw GymError("\"\(name)\" is missing or wrong", at: path, expected: "one of \(range)")
      }
      return Int(value)
    }

    func number(_ name: String) throws -> Double {
      guard let value = json[name]?.number else {
        throw GymError("\"\(name)\" is missing or wrong", at: path, expected: "a number")
      }
      return value
    }

    func choice<Value>(_ name: String, _ values: [String: Value]) throws -> Value {
      guard let value = json[name]?.string.flatMap({ values[$0] }) else {
        throw GymError(
          "\"\(name)\" is missing or wrong", at: path,
          expected: "one of \(values.keys.sorted().joined(separator: ", "))")
      }
      return value
    }
  }
}
