import Foundation

extension Task {
  /// Reads a CSV file's rows.
  func readCSV(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    var csv = try CSVReader(LineReader(source), columns: source.columns)
    let reader = TokenReader(self, file: source.url)
    let isNamed = csv.places[.puzzle] != nil || csv.places[.demonstration] != nil
    var gatherer = PuzzleGatherer()
    // Most rows have the same source as the row before: its text is made once.
    var lastSource = (bytes: [UInt8](), text: "")
    // A rating in a column of another name may be a word, which is no rating.
    let ratingName = csv.places[.rating].map { csv.columns[$0].lowercased() }
    while try csv.next() {
      func read() throws -> Example {
        try csv.checkFields()
        let origin = csv.field(.source)
        if !origin.elementsEqual(lastSource.bytes) {
          lastSource.bytes = Array(origin)
          lastSource.text = String(decoding: lastSource.bytes, as: UTF8.self)
        }
        return try GymError.located(csv.place) {
          let tokens = try reader.pair(csv.field(.question), csv.field(.answer))
          return Example(
            question: tokens.question, answer: tokens.answer,
            rating: try rating(csv.field(.rating), mayBeWord: ratingName == "difficulty"),
            source: lastSource.text)
        }
      }
      // Of a puzzle of several rows, no single one is left out.
      guard let example = try isNamed ? read() : source.log.valid(read) else { continue }
      guard isNamed else {
        try body(Puzzle(example, line: csv.line))
        continue
      }
      try gatherer.add(
        example, name: String(decoding: csv.field(.puzzle), as: UTF8.self),
        isDemonstration: isYes(csv.field(.demonstration), at: csv.place), line: csv.line,
        at: csv.place, body)
    }
    try gatherer.finish(body)
  }

  private func isYes(_ bytes: ArraySlice<UInt8>, at place: String) throws -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard ["", "no", "yes"].contains(text) else {
      throw GymError(
        "demonstration is \"\(text.prefix(40))\"", at: place, expected: "yes, no or nothing")
    }
    return text == "yes"
  }

  private func rating(_ bytes: ArraySlice<UInt8>, mayBeWord: Bool) throws -> Double? {
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    let number = Double(text)
    if text.isEmpty || (mayBeWord && number == nil) { return nil }
    return try checkedRating(number, text: text)
  }
}
