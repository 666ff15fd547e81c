import Gym

extension SudokuExtreme {
  /// Digits followed by letters, from 1 or, on large boards, from 0; or letters alone; with any of
  /// the usual characters for a blank.
  public var alphabets: [Alphabet] {
    Alphabet.symbols(geometry.size, from: Self.blank + 1, blank: Self.blank)
  }

  /// The values of a question, 0 for blank; checked against the rules.
  func clueValues(of question: [UInt8]) throws(GymError) -> [UInt8] {
    let values = try checkedValues(of: question)
    if let violation = geometry.firstRepeat(in: values) {
      throw GymError("\(violation.text) in the question")
    }
    return values
  }

  /// The values of a question, 0 for blank, whether or not they follow the rules.
  ///
  /// - Throws: a `GymError` if the count is wrong, or a cell is neither blank nor a digit.
  func checkedValues(of question: [UInt8]) throws(GymError) -> [UInt8] {
    guard question.count == grid.cells else {
      throw GymError(
        "the question has \(question.count) cells", expected: "\(grid.cells), \(grid) of them")
    }
    if let cell = question.firstIndex(where: { !isBlankOrDigit($0) }) {
      throw GymError(
        "\(geometry.name(ofCell: cell)) of the question holds token \(question[cell])",
        expected: "a blank (1) or a digit (2 to \(geometry.size + 1))")
    }
    return question.map { $0 - Self.blank }
  }

  /// Values, 0 for blank, as tokens.
  func tokens(_ values: [UInt8]) -> [UInt8] { values.map { $0 + Self.blank } }

  /// Any tokens as values: blank and everything that is not a digit become 0.
  func lenientValues(_ tokens: [UInt8]) -> [UInt8] {
    tokens.map { isBlankOrDigit($0) ? $0 - Self.blank : 0 }
  }

  private func isBlankOrDigit(_ token: UInt8) -> Bool {
    token >= Self.blank && Int(token) <= geometry.size + 1
  }
}
