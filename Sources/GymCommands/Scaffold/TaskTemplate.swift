/// The source and test files of a new task; `__Name__` and `__id__` stand for its type and name.
/// The tests' import of the task is inserted in alphabetical order.
enum TaskTemplate {
  static let source = #"""
    import Gym

    /// Latin squares: fill in the digits that are missing from one row.
    ///
    /// A task to start from: change the parts marked "Yours"; the rest can stay as it is.
    /// `Sources/Gym/Tasks/Task.swift` documents every member, and lists what else a task may know.
    public struct __Name__: Task {
      // Yours: its name and version, a summary for lists, and its settings (`--set size=6`).
      public static let id = PluginID("__id__", version: 1)
      public static let summary = "Complete a row of a Latin square."
      private static let size = Setting.integer(
        "size", "the number of rows, of columns and of digits", default: 4, in: 3...9)
      public static let settings = Setting.list(size)

      public let settings: Settings
      public let vocabulary: Vocabulary
      public let grid: GridShape

      // Yours: `vocabulary` has one character per token, starting with padding (token 0); `grid` is
      // the shape of question and answer.
      private static let blank: UInt8 = 1
      private let size: Int

      public init(settings: Settings) throws {
        self.settings = settings
        size = settings[Self.size]
        vocabulary = Vocabulary("_." + "123456789".prefix(size))
        grid = GridShape(rows: size, columns: size)
      }

      // Yours: the rules and the symbols, for people and language models that do not know the task.
      public var rules: String {
        "Replace each blank by a digit, so that every row and every column holds each digit from 1 "
          + "to \(size) once."
      }

      public var legend: [LegendEntry] {
        [LegendEntry(".", "a blank"), LegendEntry(String("123456789".prefix(size)), "a digit")]
      }

      // Yours: one puzzle with its answer. All randomness comes from `random`.
      public func generate(
        _ request: GenerationRequest, using random: inout RandomStream
      ) throws -> Example {
        let possible = (1...size).filter { request.rating?.contains(Double($0)) ?? true }
        guard let blanks = random.element(of: possible) else {
          throw GymError(
            "no row has that many blanks", at: "--rating", expected: "a range within 1...\(size)")
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

      // Yours: the rules. Check everything: an answer may hold any tokens, and any number of them.
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
    }

    // Yours, or omit it: the difficulty of a question, and names for ranges of it.
    extension __Name__: RatedTask {
      public func rating(of question: [UInt8]) -> Double? {
        Double(question.count { $0 == Self.blank })
      }

      public var levels: [DifficultyLevel] {
        [
          DifficultyLevel("easy", rating: 1...2),
          DifficultyLevel("hard", rating: 3...Double(size)),
        ]
      }
    }

    // Yours, or omit it: the picture. This is the default one, with the blanks marked.
    extension __Name__: DrawnTask {
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
      @Test("It passes the conformance suite in several sizes")
      func conforms() {
        let report = Conformance.check(__Name__.self, variants: [[:], ["size": "6"]])
        #expect(report.isEmpty, "\(report)")
      }

      // Yours: a puzzle made by hand, with a right and a wrong answer.
      @Test("A right answer is accepted, and a wrong one is rejected with the reason")
      func verifiesAnswers() throws {
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
