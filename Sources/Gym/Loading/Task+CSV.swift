import Foundation

extension Task {
  /// Reads a CSV file's rows.
  func readCSV(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    var csv = try CSVReader(
      url, known: ["source", "question", "answer", "rating", "puzzle", "demonstration"],
      needed: ["question"])
    let reader = TokenReader(self, file: url)
    let columns = csv.columns
    let (question, answer) = (columns.firstIndex(of: "question"), columns.firstIndex(of: "answer"))
    let (rating, source) = (columns.firstIndex(of: "rating"), columns.firstIndex(of: "source"))
    let name = columns.firstIndex(of: "puzzle")
    let demonstration = columns.firstIndex(of: "demonstration")
    var gatherer = PuzzleGatherer()
    // Most rows have the same source as the row before: its text is made once.
    var lastSource = (bytes: [UInt8](), text: "")
    while try csv.next() {
      func field(_ column: Int?) -> ArraySlice<UInt8> { column.map { csv.field($0) } ?? [] }
      if !field(source).elementsEqual(lastSource.bytes) {
        lastSource.bytes = Array(field(source))
        lastSource.text = String(decoding: lastSource.bytes, as: UTF8.self)
      }
      let example = try GymError.located(csv.place) {
        let tokens = try reader.pair(field(question), field(answer))
        return Example(
          question: tokens.question, answer: tokens.answer, rating: try self.rating(field(rating)),
          source: lastSource.text)
      }
      guard name != nil || demonstration != nil else {
        try body(Puzzle(example, line: csv.line))
        continue
      }
      try gatherer.add(
        example, name: String(decoding: field(name), as: UTF8.self),
        isDemonstration: isYes(field(demonstration), at: csv.place), line: csv.line,
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

  private func rating(_ bytes: ArraySlice<UInt8>) throws -> Double? {
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    return text.isEmpty ? nil : try checkedRating(Double(text), text: text)
  }
}
