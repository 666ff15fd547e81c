import Gym

/// Symbolic logic: make every clause true, each of which is three literals joined by "or".
///
/// A question has one clause in each column of rows 1 to 3, and in row 0 a place for each variable.
/// An answer puts into those places the literal that is true: `a` or its negation `A`, `b` or `B`,
/// and so on. The clauses are not part of the answer: their labels are padding, and any token is
/// accepted there. Any assignment that satisfies the formula is right.
///
/// The rating is the number of bits that a random assignment has to get right: the number of
/// variables minus the binary logarithm of the number of answers. It rises with the number of
/// clauses and is highest near the threshold of about 4.26 clauses per variable, at which random
/// formulas cease to be satisfiable (D. Mitchell, B. Selman, H. Levesque, "Hard and easy
/// distributions of SAT problems", AAAI 1992; J. Crawford, L. Auton, Artificial Intelligence 81,
/// 1996).
public struct Logic: Task, FormattedTask {
  public static let id = PluginID("cnf-sat", version: 1)
  public static let summary = "Find truth values that satisfy every clause of a formula."
  private static let variables = Setting.integer(
    "variables", "the number of variables", default: 8, in: 4...12)
  private static let clauses = Setting.integer(
    "clauses", "the most clauses; 0 for 4.26 per variable, where formulas are hardest",
    default: 0, in: 0...80)
  public static let settings = Setting.list(variables, clauses)
  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  /// The place of a variable; only in questions.
  static let open: UInt8 = 1

  public let settings: Settings
  public let vocabulary: Vocabulary
  public let grid: GridShape
  let variables: Int
  /// The maximum number of clauses of a formula: the number of columns of the grid.
  let capacity: Int

  public init(settings: Settings) throws {
    let variables = settings[Self.variables]
    let clauses = settings[Self.clauses]
    guard clauses == 0 || clauses >= variables else {
      throw GymError(
        "clauses is \(clauses)", expected: "0, or at least as many as the \(variables) variables")
    }
    self.settings = settings
    self.variables = variables
    capacity = clauses > 0 ? clauses : Int((4.26 * Double(variables)).rounded())
    vocabulary = Vocabulary("_*" + "aAbBcCdDeEfFgGhHiIjJkKlL".prefix(2 * variables))
    grid = GridShape(rows: 4, columns: capacity)
  }

  /// A random clause of three literals rules out an eighth of all assignments.
  static let clausesPerBit = 5.19

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let wanted = request.rating ?? 0...Double(variables)
    let (least, most) = (max(0, wanted.lowerBound), min(Double(variables), wanted.upperBound))
    guard least <= most, request.rating != nil || capacity <= mostClauses else {
      throw impossible(request.rating)
    }
    for _ in 0..<1000 {
      var count = capacity
      if request.rating != nil {
        // Formulas that stay satisfiable lose fewer answers per clause than average.
        let bits = (least + (most - least) * random.unit()) * (1 + 0.5 * random.unit())
        count = min(capacity, max(1, Int(bits * Self.clausesPerBit)))
      }
      let formula = Formula(variables: variables, clauses: count, using: &random)
      let answers = formula.answerCount
      guard answers > 0, let values = DPLL(formula).answer else { continue }
      let rating = self.rating(answers: answers)
      guard wanted.contains(rating) else { continue }
      return Example(
        question: question(formula, columns: Array(0..<capacity)), answer: answer(values),
        rating: rating, source: "random 3-CNF")
    }
    throw impossible(request.rating)
  }

  func rating(answers: Int) -> Double {
    // Exact for powers of two, and therefore at both ends of the scale.
    Double(variables) - Formula.binaryLogarithm(answers)
  }

  /// The most different clauses that can be true together: of each three variables' eight clauses,
  /// an assignment breaks one.
  private var mostClauses: Int { 7 * variables * (variables - 1) * (variables - 2) / 6 }

  private func impossible(_ wanted: ClosedRange<Double>?) -> GymError {
    guard let wanted else {
      return GymError(
        "no satisfiable formula of \(capacity) clauses and \(variables) variables was found",
        expected: "about 4.26 clauses per variable or fewer, as random formulas allow",
        remedy: "Set fewer clauses or more variables, or wish for a rating.")
    }
    return GymError(
      "no satisfiable formula was found that is worth bits in \(wanted)",
      expected: "0 to \(variables), the more the more clauses there are",
      remedy: "Wish for another rating, or set other variables or clauses.")
  }
}

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

extension Logic: AskedCellsTask {
  public func askedCells(of example: Example) -> [Int] { Array(0..<variables) }

  /// The formula of a question, with the column of each clause; nil if it is not a question.
  func formula(of question: [UInt8]) -> (formula: Formula, columns: [Int])? {
    guard question.count == grid.cells,
      question[..<variables].allSatisfy({ $0 == Self.open }),
      question[variables..<capacity].allSatisfy({ $0 == Vocabulary.padding })
    else { return nil }
    var (clauses, columns) = ([[Literal]](), [Int]())
    for column in 0..<capacity {
      let tokens = (1...3).map { question[$0 * capacity + column] }
      if tokens.allSatisfy({ $0 == Vocabulary.padding }) { continue }
      let literals = tokens.compactMap(literal(of:))
      guard Set(literals.map(\.variable)).count == 3 else { return nil }
      clauses.append(literals)
      columns.append(column)
    }
    return (Formula(variables: variables, clauses: clauses), columns)
  }

  /// A formula as a question, with the clauses in the given columns.
  func question(_ formula: Formula, columns: [Int]) -> [UInt8] {
    var question = [UInt8](repeating: Vocabulary.padding, count: grid.cells)
    for cell in 0..<variables { question[cell] = Self.open }
    for (column, clause) in zip(columns, formula.clauses) {
      for (row, literal) in clause.enumerated() {
        question[(row + 1) * capacity + column] = token(of: literal)
      }
    }
    return question
  }

  /// The label of values, with padding for the clauses.
  func answer(_ values: [Bool]) -> [UInt8] {
    var answer = [UInt8](repeating: Vocabulary.padding, count: grid.cells)
    for (variable, value) in values.enumerated() {
      answer[variable] = token(of: Literal(variable: variable, isPositive: value))
    }
    return answer
  }

  func token(of literal: Literal) -> UInt8 { Self.open + 1 + UInt8(literal.number) }

  /// The literal of a token, if it is one.
  func literal(of token: UInt8) -> Literal? {
    vocabulary.contains(token) && token > Self.open
      ? Literal(number: Int(token - Self.open - 1)) : nil
  }
}
