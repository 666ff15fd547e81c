import Gym

extension Logic {
  public var rules: String {
    "Each column of rows 2 to 4 that is not empty is a clause of three literals: a small letter is "
      + "a variable, its capital letter the variable's negation. Choose for each of the "
      + "\(variables) variables whether it is true, so that every clause has at least one true "
      + "literal. The answer writes the true literal of each variable, in alphabetical order, into "
      + "the first \(variables) cells of row 1; its other cells do not matter."
  }

  public var legend: [LegendEntry] {
    let letters = String("abcdefghijkl".prefix(variables))
    return [
      LegendEntry("*", "in the question, the place of a variable's value"),
      LegendEntry(letters, "a variable; in the answer, one that is true"),
      LegendEntry(letters.uppercased(), "a variable's negation; in the answer, one that is false"),
      .places("the formula stands in rows 2 to 4, the values in row 1"),
    ]
  }
}
