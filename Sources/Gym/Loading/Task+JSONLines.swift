import Foundation
import JSON

extension Task {
  /// Reads a file with an object on every line: question, and where known answer, rating, source.
  func readJSONLines(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    let lines = try JSONLinesReader(contentsOf: url)
    let reader = TokenReader(vocabulary, cells: grid.cells)
    while let json = try lines.next() {
      let example = try GymError.located("\(url.path):\(lines.line)") {
        try self.example(json, reader)
      }
      try body(Puzzle(example, line: lines.line))
    }
  }

  private func example(_ json: JSON, _ reader: TokenReader) throws -> Example {
    func text(_ name: String) throws -> String? {
      let value = json[name] ?? .null
      guard value.isNull || value.string != nil else {
        throw GymError("\(name) is \(value.kind)", expected: "a string")
      }
      return value.string
    }
    guard json.object != nil, let question = try text("question") else {
      throw GymError(
        json.object == nil ? "the line is \(json.kind)" : "there is no question",
        expected: "an object with question, and any of answer, rating and source")
    }
    let answer = try text("answer") ?? ""
    let rating = json["rating"] ?? .null
    return Example(
      question: try reader.tokens(ArraySlice(question.utf8), name: "question"),
      answer: answer.isEmpty ? [] : try reader.tokens(ArraySlice(answer.utf8), name: "answer"),
      rating: rating.isNull ? nil : try checkedRating(rating.number, text: rating.description),
      source: try text("source") ?? "")
  }
}
