import Gym
import GymJSON

/// A process's answer to one question, validated.
package struct AnswerLine {
  let answer: [UInt8]?
  let confidence: Double?
  let thoughts: [[UInt8]]
  let tokens: Int
  let failure: String?

  /// - Throws: a `ProcessFault` that names the first invalid field.
  package init(_ line: JSON, of task: TaskDescription) throws(ProcessFault) {
    answer = try Self.field(line, "answer", "a text or null") { $0.string }
      .map { text throws(ProcessFault) in try Self.tokens(text, task, "answer") }
    confidence = try Self.field(line, "confidence", "a number from 0 to 1") { value in
      value.number.flatMap { (0...1).contains($0) ? $0 : nil }
    }
    let texts = try Self.field(line, "thoughts", "a list of texts") { $0.texts }
    var thoughts: [[UInt8]] = []
    for text in texts ?? [] { thoughts.append(try Self.tokens(text, task, "thoughts")) }
    self.thoughts = thoughts
    tokens =
      try Self.field(line, "tokens", "a count") { value in
        value.integer.flatMap { (0...(1 << 53)).contains($0) ? $0 : nil }
      } ?? 0
    failure = try Self.field(line, "failure", "a text") { $0.string }.map { Excerpt.of($0) }
  }

  /// The answer as a prediction.
  package func prediction(keepsThoughts: Bool) -> Prediction {
    guard let answer else {
      return Prediction(
        answer: nil, failure: failure ?? "the agent gave no answer",
        cost: ComputeCost(passes: 1, tokens: tokens))
    }
    var kept = keepsThoughts ? thoughts : []
    if keepsThoughts, kept.last != answer { kept.append(answer) }
    return Prediction(
      answer: answer, confidence: confidence, segments: max(1, kept.count), thoughts: kept,
      cost: ComputeCost(passes: 1, tokens: tokens))
  }

  /// A field that may be missing or null.
  private static func field<Value>(
    _ line: JSON, _ name: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws(ProcessFault) -> Value? {
    guard let json = line.optional(name) else { return nil }
    guard let value = read(json) else {
      throw ProcessFault(
        "gave \"\(name)\" as \(Excerpt.of(json.description, limit: 40)), not \(expected)")
    }
    return value
  }

  private static func tokens(
    _ text: String, _ task: TaskDescription, _ name: String
  ) throws(ProcessFault) -> [UInt8] {
    let tokens: [UInt8]
    do {
      // Blanks and line breaks between cells say nothing.
      tokens = try task.vocabulary.tokens(
        text.filter { !$0.isWhitespace || task.vocabulary.token(of: $0) != nil })
    } catch {
      throw ProcessFault(
        "gave \"\(name)\" with characters that are not in the vocabulary: \(error.reason)")
    }
    guard tokens.count == task.grid.cells else {
      throw ProcessFault(
        "gave \"\(name)\" with \(tokens.count.counted("character")), not \(task.grid.cells)")
    }
    return tokens
  }
}
