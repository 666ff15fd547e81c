/// The files of a new task; `__Name__` and `__id__` are placeholders for its names. The tests'
/// import of it is inserted in alphabetical order.
enum TaskTemplate {
  static let source = #"""
    import Gym
    import Randomness

    /// Latin squares: write the digits that are missing from a row.
    ///
    /// A task to begin from. What is marked "Yours" makes it this task and no other: change that,
    /// and keep the rest. `Sources/Gym/Tasks/Task.swift` says what each member owes to the gym.
    public struct __Name__: Task {
      // Yours: its names, and what people may set.
      public static let id = PluginID("__id__", version: 1)
      public static let summary = "Complete a row of a Latin square."
      public static let settings: [Setting] = [
        .integer("size", "the number of rows, of columns and of digits", default: 4, in: 3...9)
      ]

      public let settings: Settings
      public let vocabulary: Vocabulary
      public let grid: GridShape

      // Yours: the characters of the tokens from 0, which is padding, and the shape of the cells.
      private static let blank: UInt8 = 1
      private let size: Int

      public init(settings: Settings) throws {
        self.settings = settings
        size = settings.integer("size")
        vocabulary = Vocabulary("_." + "123456789".prefix(size))
        grid = GridShape(rows: size, columns: size)
      }

      // Yours: the rules and the symbols, for people and language models who do not know it.
      public var rules: String {
        "Replace each blank by a digit, so that every row and every column holds each digit from 1 "
          + "to \(size) once."
      }

      public var legend: [LegendEntry] {
        [LegendEntry(".", "a blank"), LegendEntry(String("123456789".prefix(size)), "a digit")]
      }

      // Yours: a puzzle with its answer. All chance comes from `random`.
      public func generate(
        _ request: GenerationRequest, using random: inout RandomStream
      ) throws -> Example {
        let possible = (1...size).filter { request.rating?.contains(Double($0)) ?? true }
        guard let blanks = random.element(of: possible) else {
          throw GymError("no row has as many blanks as wanted", expected: "1 to \(size)")
        }
        let rows = random.shuffled(Array(0..<size))
        let columns = random.shuffled(Array(0..<size))
        let answer = (0..<grid.cells).map { cell in
          UInt8(2 + (rows[cell / size] + columns[cell % size]) % size)
        }
        var question = answer
        let row = random.below(size)
        for column in columns.prefix(blanks) { question[row * size + column] = Self.blank }
        return Example(question: question, answer: answer, rating: Double(blanks))
      }

      // Yours: the rules. An answer may be any tokens at all, and any number of them.
      public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
        guard answer.count == grid.cells, example.question.count == grid.cells else {
          return .failed("the answer has \(answer.count) cells, expected \(grid.cells)")
        }
        let changed = answer.indices.filter {
          example.question[$0] != Self.blank && example.question[$0] != answer[$0]
        }
        if !changed.isEmpty { return .failed("given digits are changed", cells: changed) }
        let digits = Set(2..<UInt8(vocabulary.count))
        for line in 0..<size {
          let row = (0..<size).map { line * size + $0 }
          let column = (0..<size).map { $0 * size + line }
          for cells in [row, column] where Set(cells.map { answer[$0] }) != digits {
            return .failed("a row or column lacks a digit", cells: cells)
          }
        }
        return .solved()
      }

      // Yours, or leave it out: how hard a question is, and names for that.
      public func rating(of question: [UInt8]) -> Double? {
        Double(question.count { $0 == Self.blank })
      }

      public var levels: [DifficultyLevel] {
        [
          DifficultyLevel("easy", rating: 1...2),
          DifficultyLevel("hard", rating: 3...Double(size)),
        ]
      }

      // Yours, or leave it out: the picture. This is the plain one, with its blanks marked.
      public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
        var drawing = Drawing(question, answer: answer, vocabulary: vocabulary, grid: grid)
        for cell in drawing.cells.indices where drawing.cells[cell].text == "." {
          drawing.cells[cell].role = .blank
        }
        return drawing
      }
    }

    """#

  static let tests = #"""
    import Gym
    import GymTesting
    import Testing

    @Suite struct __Name__Tests {
      /// Everything that every task promises; each failure says what to look at.
      @Test func conforms() {
        let report = Conformance.check(__Name__.self, variants: [[:], ["size": "6"]])
        #expect(report.isEmpty, "\(report)")
      }

      /// Yours: a puzzle made by hand, and a wrong answer to it.
      @Test func theRulesAreKept() throws {
        let task = try __Name__(["size": "4"])
        let question = try task.vocabulary.tokens("1234" + "2341" + "3.1." + "4123")
        let right = try task.vocabulary.tokens("1234" + "2341" + "3412" + "4123")
        let wrong = try task.vocabulary.tokens("1234" + "2341" + "3214" + "4123")
        let example = Example(question: question, answer: right)
        #expect(task.verify(right, for: example).isSolved)
        #expect(task.verify(wrong, for: example).problem == "a row or column lacks a digit")
      }
    }

    """#
}
