import Gym
import JSON

/// One answer of an `AnswerJournal`.
struct JournalLine {
  /// The pass over the puzzles that it belongs to.
  let pass: String
  /// The puzzle's number.
  let index: Int
  let prediction: Prediction
  /// The answer's share of the duration of its batch.
  let seconds: Double

  init(pass: String, index: Int, prediction: Prediction, seconds: Double) {
    self.pass = pass
    self.index = index
    self.prediction = prediction
    self.seconds = seconds
  }

  /// The line; tokens are numbers, since agents may answer tokens outside the vocabulary.
  var json: JSON {
    let cost = prediction.cost
    var line: JSONObject = [
      "pass": .string(pass), "puzzle": JSON(index),
      "answer": prediction.answer.map(Self.tokens) ?? .null,
      "confidence": Self.number(prediction.confidence),
      "segments": JSON(prediction.segments),
      "failure": prediction.failure.map { .string($0) } ?? .null,
      "flops": Self.number(cost.flops), "passes": JSON(cost.passes),
      "tokens": JSON(cost.tokens), "seconds": .number(seconds),
    ]
    if !prediction.thoughts.isEmpty {
      line["thoughts"] = .array(prediction.thoughts.map(Self.tokens))
    }
    return .object(line)
  }

  /// - Throws: a `GymError` if the line does not have the form that `json` writes.
  init(_ json: JSON, at place: String) throws {
    let fields = try JSONFields(json, at: place)
    pass = try fields.string("pass")
    index = try fields.integer("puzzle", in: 0...Int(Int32.max))
    let range = Int.min...Int.max
    prediction = Prediction(
      answer: fields.has("answer") ? try Self.tokens(fields.value("answer"), place) : nil,
      confidence: fields.has("confidence")
        ? try Self.number(fields.value("confidence"), place) : nil,
      segments: try fields.integer("segments", in: range),
      thoughts: fields.has("thoughts")
        ? try (fields.value("thoughts").array ?? []).map { try Self.tokens($0, place) } : [],
      failure: fields.has("failure") ? try fields.string("failure") : nil,
      cost: ComputeCost(
        flops: try Self.number(fields.value("flops"), place),
        passes: try fields.integer("passes", in: range),
        tokens: try fields.integer("tokens", in: range)))
    seconds = try fields.number("seconds", in: 0...1e12)
  }

  private static func tokens(_ tokens: [UInt8]) -> JSON {
    .string(tokens.map(String.init).joined(separator: " "))
  }

  private static func tokens(_ json: JSON, _ place: String) throws -> [UInt8] {
    let parts = (json.string ?? "?").split(separator: " ")
    let tokens = parts.compactMap { UInt8($0) }
    guard tokens.count == parts.count else {
      throw GymError("an answer is \(json.description.prefix(40))", at: place, expected: "tokens")
    }
    return tokens
  }

  /// A number, even if it is not finite, since external agents may return anything.
  private static func number(_ value: Double?) -> JSON {
    guard let value else { return .null }
    return value.isFinite ? .number(value) : .string("\(value)")
  }

  private static func number(_ json: JSON, _ place: String) throws -> Double {
    guard let value = json.number ?? json.string.flatMap({ Double($0) }) else {
      throw GymError("a number is \(json.description.prefix(40))", at: place)
    }
    return value
  }
}
