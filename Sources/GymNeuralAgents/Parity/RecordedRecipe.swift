import Foundation
import Gym
import GymJSON

/// The `config.json` of a recording, with the released implementation's names for sizes and
/// settings.
struct RecordedRecipe {
  /// The corresponding settings of HRM, without warm-up.
  let settings: Settings
  let context: AgentContext
  /// The training steps that were recorded.
  let steps: Int

  /// Reads a recipe. Throws a `GymError` for members that are missing, wrong, or outside HRM's
  /// limits.
  init(contentsOf url: URL, workers: Int) throws {
    let reader = Reader(path: url.path, json: try JSON(contentsOf: url))
    let (model, optimizer) = (try reader.member("model"), try reader.member("optimizer"))
    let puzzles = try reader.member("puzzle_embedding_optimizer")
    steps = try reader.integer("steps", in: 1...10_000)
    var settings = Settings(HRM.settings)
    for (name, reader, member) in [
      ("hidden", model, "hidden_size"), ("heads", model, "num_heads"),
      ("expansion", model, "expansion"), ("high-blocks", model, "H_layers"),
      ("low-blocks", model, "L_layers"), ("high-cycles", model, "H_cycles"),
      ("low-cycles", model, "L_cycles"), ("puzzle-width", model, "puzzle_emb_ndim"),
      ("max-segments", model, "halt_max_steps"), ("exploration", model, "halt_exploration_prob"),
      ("learning-rate", optimizer, "lr"), ("weight-decay", optimizer, "weight_decay"),
      ("beta1", optimizer, "beta1"), ("beta2", optimizer, "beta2"),
      ("puzzle-learning-rate", puzzles, "lr"), ("puzzle-weight-decay", puzzles, "weight_decay"),
    ] {
      try settings.set(name, to: reader.value(member))
    }
    for (name, reader, member, values) in [
      ("positions", model, "pos_encodings", ["rope": "rotary", "learned": "learned"]),
      ("dtype", model, "forward_dtype", ["float32": "f32", "bfloat16": "bf16"]),
      (
        "loss", reader, "loss",
        ["stablemax_cross_entropy": "stablemax", "softmax_cross_entropy": "softmax"]
      ),
    ] {
      try settings.set(name, to: reader.choice(member, values))
    }
    try settings.set("warmup-steps", to: "0")
    self.settings = settings
    context = AgentContext(
      vocabularyCount: try model.integer("vocab_size", in: 2...255),
      grid: GridShape(rows: 1, columns: try model.integer("seq_len", in: 1...65_536)),
      puzzleIdentifiers: try model.integer("num_puzzle_identifiers", in: 1...10_000_000),
      batchSize: try model.integer("batch_size", in: 1...65_536), seed: 0, workers: workers)
  }

  /// Reads members, with errors that say where and what.
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

    func value(_ name: String) throws -> JSON {
      guard let value = json[name] else {
        throw GymError("\"\(name)\" is missing", at: path, expected: "a number")
      }
      return value
    }

    func choice(_ name: String, _ values: [String: String]) throws -> String {
      guard let value = json[name]?.string.flatMap({ values[$0] }) else {
        throw GymError(
          "\"\(name)\" is missing or wrong", at: path,
          expected: "one of \(values.keys.sorted().joined(separator: ", "))")
      }
      return value
    }
  }
}
