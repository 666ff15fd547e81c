import Foundation
import Gym
import GymJSON

/// The lines of a submission, one at a time, each within limits.
struct PredictionLines {
  /// A line is an object of flat members; thoughts are its only array.
  static let limits = JSON.Limits(depth: 4, bytes: 4 << 20, string: 1 << 20)

  private let name: String
  private let next: () throws -> (JSON, line: Int)?

  init(_ source: Submission.Source) throws {
    switch source {
    case .file(let url):
      name = url.path
      let reader = try JSONLinesReader(contentsOf: url, limits: Self.limits)
      next = { try reader.next().map { ($0, reader.line) } }
    case .bytes(let data):
      name = "predictions"
      next = Self.lines(of: data)
    }
  }

  /// Passes every line's value to `body`, whose errors get the line as their location.
  ///
  /// - Throws: a `GymError` with the line.
  func forEach(_ body: (_ line: JSON, _ place: String) throws -> Void) throws {
    while let (json, line) = try nextLine() {
      let place = "\(name):\(line)"
      try GymError.located(place) { try body(json, place) }
    }
  }

  private func nextLine() throws -> (JSON, line: Int)? {
    do {
      return try next()
    } catch let error as JSONError {
      let place = [error.line, error.column].compactMap { $0.map { ":\($0)" } }.joined()
      throw GymError(error.message, at: name + place, expected: error.expected)
    }
  }

  private static func lines(of data: Data) -> () throws -> (JSON, line: Int)? {
    // A byte order mark, which readers of files pass over, too.
    let mark = data.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var (start, line) = (data.startIndex + mark, 0)
    return {
      guard start < data.endIndex else { return nil }
      let end = data[start...].firstIndex(of: 0x0A) ?? data.endIndex
      let bytes = data[start..<end]
      (start, line) = (min(end + 1, data.endIndex), line + 1)
      do {
        return (try JSON(parsing: bytes, limits: limits), line)
      } catch let error as JSONError {
        throw JSONError(
          file: error.file, line: line, column: error.column, message: error.message,
          expected: error.expected)
      }
    }
  }
}

/// Reads and writes the lines of a submission, each an agent's prediction for one puzzle.
///
/// A line is an object with an "id" and any of "answer", "confidence", "segments", "failure",
/// "thoughts", "tokens", as `reasongym evaluate --predictions` writes them, and nothing else.
package struct PredictionParser: Sendable {
  private static let names = [
    "id", "answer", "confidence", "segments", "failure", "thoughts", "tokens",
  ]
  private static let claims: Set<String> = [
    "score", "scores", "solved", "correct", "exact", "accuracy", "verdict", "rank",
  ]
  /// The maximum number of segments or thoughts on a line.
  package static let maximumSegments = 4096

  private let benchmark: Benchmark
  private let forms: AnswerForms
  private var texts: TokenTexts { forms.texts }

  package init(benchmark: Benchmark, task: any Task) {
    self.benchmark = benchmark
    forms = AnswerForms(task)
  }

  /// The puzzle of a line, and its prediction.
  ///
  /// - Throws: a `GymError` without a location.
  package func parse(_ json: JSON) throws -> (index: Int, prediction: Prediction) {
    let fields = try JSONFields(json, only: Self.names, what: "the line") {
      Self.claims.contains($0.lowercased())
        ? "The board judges every answer itself and takes no scores" : nil
    }
    let id = try fields.string("id")
    guard let index = benchmark.puzzleIndex(id) else {
      throw GymError(
        "the id is \(JSON.string(String(id.prefix(80))))",
        expected: "\"\(benchmark.puzzleID(0))\" to \"\(benchmark.puzzleID(benchmark.count - 1))\"")
    }
    var prediction = Prediction(
      answer: nil, confidence: try fields.number(ifPresent: "confidence", in: 0...1),
      segments: try fields.integer(ifPresent: "segments", in: 0...Self.maximumSegments) ?? 1)
    prediction.failure = try fields.string(ifPresent: "failure").map(Self.shown)
    prediction.cost.tokens = try fields.integer(ifPresent: "tokens", in: 0...1 << 40) ?? 0
    if let answer = fields["answer"] {
      do {
        prediction.answer = try forms.tokens(answer)
      } catch let error as GymError where answer.string != nil {
        prediction.failure = error.description
      }
    }
    if let thoughts = fields["thoughts"] {
      guard let array = thoughts.array, array.count <= Self.maximumSegments else {
        return try fields.refuse(
          "thoughts", .string(thoughts.kind), "an array of at most \(Self.maximumSegments) texts")
      }
      prediction.thoughts = try array.map { thought in
        guard let tokens = thought.string.flatMap(texts.tokens) else {
          return try fields.refuse("thoughts", thought, "texts of \(texts.cells) characters")
        }
        return tokens
      }
    }
    return (index, prediction)
  }

  /// The canonical line of a prediction, with its newline: members sorted by name, without
  /// redundant ones.
  package func canonicalLine(_ prediction: Prediction, index: Int) throws -> [UInt8] {
    var line = JSONObject()
    line["answer"] = prediction.answer.map { .string(texts.text($0)) }
    line["confidence"] = prediction.confidence.map { .number($0) }
    line["failure"] = prediction.failure.map { .string($0) }
    line["id"] = .string(benchmark.puzzleID(index))
    line["segments"] = JSON(prediction.segments)
    if !prediction.thoughts.isEmpty {
      line["thoughts"] = .array(prediction.thoughts.map { .string(texts.text($0)) })
    }
    if prediction.cost.tokens > 0 { line["tokens"] = JSON(prediction.cost.tokens) }
    return try JSON.object(line).bytes() + [0x0A]
  }

  /// An agent's own words, shortened to a line that is safe to show.
  private static func shown(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(200).filter {
          $0 == " "
            || !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint
              && $0.properties.generalCategory != .control
              && $0.properties.generalCategory != .format
        }))
  }
}
