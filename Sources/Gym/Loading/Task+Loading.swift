extension Task {
  public func readPuzzles(
    from source: PuzzleSource, _ body: (Puzzle) throws -> Void
  ) throws {
    try readTextPuzzles(from: source, body)
  }

  /// Reads the formats that are common to all tasks; for tasks that also read others.
  public func readTextPuzzles(
    from source: PuzzleSource, _ body: (Puzzle) throws -> Void
  ) throws {
    switch try source.format(for: self) {
    case .csv: try readCSV(source, body)
    case .lines: try readLines(source, body)
    case .jsonLines: try readJSONLines(source, body)
    case .textGrid: try readTextGrids(source, body)
    case .arcJSON:
      throw GymError(
        "this is a JSON file in ARC's form, which \(Self.id.name) does not read", at: source.path,
        expected: "a table, JSON lines or lines of text with one puzzle each")
    }
  }

  /// Whether a line of a text file is a comment: it begins with "#", and "#" is not a token.
  func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "#") && vocabulary.token(of: "#") == nil
  }

  /// Checks a rating that a file gives.
  func checkedRating(_ rating: Double?, text: String) throws -> Double {
    guard let rating, rating.isFinite, rating >= 0 else {
      throw GymError("the rating is \(text.prefix(40))", expected: "a number from 0, or nothing")
    }
    return rating
  }
}
