/// A line of an XML file of puzzles, such as OpenSudoku's `<game data="..." />`.
enum MarkupLine {
  /// The questions in a line: what stands in quotes or between tags and has a question's cells.
  ///
  /// - Throws: a `GymError` without a location if something called `data` is no question.
  static func questions(
    in line: ArraySlice<UInt8>, _ reader: TokenReader
  ) throws -> [ArraySlice<UInt8>] {
    var questions: [ArraySlice<UInt8>] = []
    var before: ArraySlice<UInt8> = []
    for text in line.split(whereSeparator: "\"'<>".utf8.contains) {
      let plain = reader.withoutBlanks(text)
      let isData = before.suffix(5).elementsEqual("data=".utf8)
      before = text
      if isData, plain.count != reader.cells {
        throw GymError(
          "the data of the puzzle, \(TextLine.quoted(text)), has \(plain.count) characters",
          expected: "\(reader.cells) cells")
      }
      if plain.count == reader.cells { questions.append(plain) }
    }
    return questions
  }
}
