import Foundation
import JSON

extension Task {
  /// Reads a file with an object on every line, or with an array of such: question, and if known
  /// answer, rating, source, and the name of the puzzle to which it belongs, maybe as a
  /// demonstration.
  func readJSONLines(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    var objects = try PuzzleObjects(source)
    let reader = TokenReader(self, file: source.url)
    var gatherer = PuzzleGatherer()
    while let item = try objects.next() {
      func read() throws -> (example: Example, name: String, isDemonstration: Bool) {
        try GymError.located(item.place) {
          let members = try PuzzleMembers(item.json, source.columns)
          return (
            try example(members, reader), try members.text(.puzzle) ?? "",
            try members.isTrue(.demonstration)
          )
        }
      }
      // Of a puzzle of several objects, no single one is left out.
      let isAlone = gatherer.isEmpty && item.json["demonstration"] == nil
      guard let found = try isAlone ? source.log.valid(read) : read() else { continue }
      try gatherer.add(
        found.example, name: found.name, isDemonstration: found.isDemonstration, line: item.number,
        at: item.place, body)
    }
    try gatherer.finish(body)
  }

  private func example(_ members: PuzzleMembers, _ reader: TokenReader) throws -> Example {
    func cells(_ role: PuzzleColumns.Role) throws -> ArraySlice<UInt8> {
      ArraySlice(try members.cells(role, hasNumbers: reader.hasNumbers).utf8)
    }
    let tokens = try reader.pair(cells(.question), cells(.answer))
    let rating = members[.rating]
    let isWord = rating.string != nil && members.name(.rating)?.lowercased() == "difficulty"
    return Example(
      question: tokens.question, answer: tokens.answer,
      rating: rating.isNull || isWord
        ? nil : try checkedRating(rating.number, text: rating.description),
      source: try members.text(.source) ?? "")
  }
}
