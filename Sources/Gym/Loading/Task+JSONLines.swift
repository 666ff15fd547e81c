import Foundation
import JSON

extension Task {
  /// Reads a file with one object per line: the question and, if known, answer, rating, source, the
  /// name of its puzzle, and whether it is a demonstration.
  func readJSONLines(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    let lines = try JSONLinesReader(contentsOf: url)
    let reader = TokenReader(self, file: url)
    var gatherer = PuzzleGatherer()
    while let json = try lines.next() {
      let place = "\(url.path):\(lines.line)"
      let (example, name, isDemonstration) = try GymError.located(place) {
        (
          try self.example(json, reader), try text("puzzle", of: json) ?? "",
          try isTrue("demonstration", of: json)
        )
      }
      try gatherer.add(
        example, name: name, isDemonstration: isDemonstration, line: lines.line, at: place, body)
    }
    try gatherer.finish(body)
  }

  private func text(_ name: String, of json: JSON) throws -> String? {
    let value = json[name] ?? .null
    guard value.isNull || value.string != nil else {
      throw GymError("\(name) is \(value.kind)", expected: "a string")
    }
    return value.string
  }

  private func isTrue(_ name: String, of json: JSON) throws -> Bool {
    let value = json[name] ?? .null
    guard value.isNull || value.bool != nil else {
      throw GymError("\(name) is \(value.kind)", expected: "true or false")
    }
    return value.bool ?? false
  }

  private func example(_ json: JSON, _ reader: TokenReader) throws -> Example {
    guard json.object != nil, let question = try text("question", of: json) else {
      throw GymError(
        json.object == nil ? "the line is \(json.kind)" : "there is no question",
        expected: "an object with question, and any of answer, rating and source")
    }
    let answer = try text("answer", of: json) ?? ""
    let rating = json["rating"] ?? .null
    let tokens = try reader.pair(ArraySlice(question.utf8), ArraySlice(answer.utf8))
    return Example(
      question: tokens.question, answer: tokens.answer,
      rating: rating.isNull ? nil : try checkedRating(rating.number, text: rating.description),
      source: try text("source", of: json) ?? "")
  }
}
