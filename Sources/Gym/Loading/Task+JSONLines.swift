import Foundation
import JSON

extension Task {
  /// Reads a file with an object on every line: question, and where known answer, rating, source,
  /// and the name of the puzzle to which it belongs, maybe as a demonstration.
  func readJSONLines(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    let lines = try JSONLinesReader(contentsOf: source.url, name: source.path)
    let reader = TokenReader(self, file: source.url)
    var gatherer = PuzzleGatherer()
    while let json = try lines.next() {
      let place = "\(source.path):\(lines.line)"
      let (example, name, isDemonstration) = try GymError.located(place) {
        let members = try PuzzleMembers(json, source.columns)
        return (
          try self.example(members, reader), try members.text(.puzzle) ?? "",
          try members.isTrue(.demonstration)
        )
      }
      try gatherer.add(
        example, name: name, isDemonstration: isDemonstration, line: lines.line, at: place, body)
    }
    try gatherer.finish(body)
  }

  private func example(_ members: PuzzleMembers, _ reader: TokenReader) throws -> Example {
    let tokens = try reader.pair(
      ArraySlice(try members.cells(.question).utf8), ArraySlice(try members.cells(.answer).utf8))
    let rating = members[.rating]
    let isWord = rating.string != nil && members.name(.rating)?.lowercased() == "difficulty"
    return Example(
      question: tokens.question, answer: tokens.answer,
      rating: rating.isNull || isWord
        ? nil : try checkedRating(rating.number, text: rating.description),
      source: try members.text(.source) ?? "")
  }
}
