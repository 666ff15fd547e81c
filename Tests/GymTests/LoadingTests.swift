import Foundation
import Gym
import GymJSON
import GymRandomness
import GymTestSupport
import Testing

/// A task that only reads: 2×3 cells of "." and digits.
private struct Reader: Task, FormattedTask {
  static let id = PluginID("reader", version: 1)
  static let summary = "Nothing."
  static let formats = SourceFormat.allCases.filter { $0 != .arcJSON }
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary: Vocabulary
  let grid = GridShape(rows: 2, columns: 3)

  init(settings: Settings) { vocabulary = Vocabulary("~.123") }
  init(_ characters: String = "~.123") { vocabulary = Vocabulary(characters) }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example { throw GymError("nothing is generated") }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict { .solved() }
}

@Suite struct LoadingTests {
  private func read(
    _ text: String, _ name: String = "p.csv", as format: SourceFormat? = nil,
    columns: PuzzleColumns = PuzzleColumns(), task: Reader = Reader()
  ) throws -> [Puzzle] {
    try read(Data(text.utf8), name, as: format, columns: columns, task: task)
  }

  private func read(
    _ data: Data, _ name: String, as format: SourceFormat? = nil,
    columns: PuzzleColumns = PuzzleColumns(), task: Reader = Reader()
  ) throws -> [Puzzle] {
    let folder = try TemporaryFolder()
    let url = folder[name]
    try data.write(to: url)
    var puzzles: [Puzzle] = []
    var source = PuzzleSource(url, format: format)
    source.columns = columns
    try task.readPuzzles(from: source) { puzzles.append($0) }
    return puzzles
  }

  private func failure(
    _ text: String, _ name: String = "p.csv", columns: PuzzleColumns = PuzzleColumns()
  ) -> String {
    failure(Data(text.utf8), name, columns: columns)
  }

  private func failure(
    _ data: Data, _ name: String = "p.csv", columns: PuzzleColumns = PuzzleColumns()
  ) -> String {
    do {
      return "no error but \(try read(data, name, columns: columns).count) puzzles"
    } catch {
      return "\(error)"
    }
  }

  private let question: [UInt8] = [2, 1, 3, 1, 4, 1]
  private let answer: [UInt8] = [2, 3, 3, 2, 4, 4]

  @Test(
    "CSV with any line ends, quotes and delimiters is read",
    arguments: [
      "source,question,answer,rating\nbook,1.2.3.,122133,4.5\n",
      "source,question,answer,rating\r\nbook,1.2.3.,122133,4.5\r\n",
      "\u{FEFF}rating,answer,question,source\n4.5,122133,1.2.3.,book",
      "answer,note,question,rating,source\n122133,\"a \"\"b\"\"\n, c\",\"1.2.3.\", 4.5 ,\"book\"\n\n",
      "question,answer,rating,source\n102030,122133,4.5,book\n",
    ]) func csvInAnyForm(text: String) throws
  {
    let puzzles = try read(text)
    #expect(puzzles.count == 1)
    #expect(
      puzzles.first?.examples == [
        Example(question: question, answer: answer, rating: 4.5, source: "book")
      ])
    #expect(puzzles.first?.line == 2)
  }

  @Test("Missing answers and ratings stay empty")
  func whatIsMissingStaysEmpty() throws {
    let example = Example(question: question, answer: [])
    #expect(try read("question\n1.2.3.\n").map(\.examples) == [[example]])
    #expect(try read("question,answer,rating\n1.2.3.,,\n").map(\.examples) == [[example]])
    #expect(
      try read("{\"question\":\"1.2.3.\",\"answer\":null}\n", "p.jsonl").map(\.examples)
        == [[example]])
    #expect(try read("question\n").isEmpty)
  }

  @Test(
    "Invalid CSV is rejected with its line",
    arguments: [
      ("", ": the file is empty; expected a header with question"),
      (
        "quest,answer\n",
        ":1: no column is known as the question's: there are \"quest\", \"answer\""
      ),
      ("question,question\n", ":1: the column \"question\" stands twice"),
      ("question,answer\n1.2.3.\n", ":2: the row has 1 field; expected 2: question,answer"),
      ("question\n1.2.3.\n1.2.3\n", ":3: the question has 5 characters; expected 6"),
      ("question\n1.2x3.\n", ":2: character 4 is \"x\"; expected one of .123"),
      ("question,answer\n1.2.3.,12213\n", ":2: the answer has 5 characters"),
      ("question,rating\n1.2.3.,hard\n", ":2: the rating is hard; expected a number"),
      ("question,rating\n1.2.3.,-1\n", ":2: the rating is -1"),
      ("question,rating\n1.2.3.,nan\n", ":2: the rating is nan"),
      ("question,rating\n1.2.3.,1e39\n", ":2: the rating is 1e39; expected a number from 0 to"),
      ("question,rating\n1.2.3.,\"2,25\"\n", ":2: the rating is 2,25"),
      ("question\n\n\"1.2.3.\n\n", ":3: a quote is not closed"),
      ("question,a\n\"1.2.3.\"x,2\n", ":2: text follows a closing quote; expected a comma"),
    ]) func faultyCSV(text: String, message: String)
  {
    let error = failure(text)
    #expect(error.contains("p.csv" + message), "\(error)")
  }

  /// The headers of widely used tables, with blanks around fields, in capitals, apart by other
  /// signs, or with a comma more on each row.
  @Test(
    "The headers of widely used tables are recognized",
    arguments: [
      "quizzes,solutions\n102030,122133\n",
      "Puzzle,Solution,\n1.2.3.,122133,\n",
      "puzzle,solution,\n1.2.3.,122133,,\n",
      "Question , Answer\n 1.2.3. , 122133 \n",
      "puzzle;solution\n1.2.3.;122133\n",
      "id\tpuzzle\tsolution\n7\t1.2.3.\t122133\n",
      "id|puzzle|solution\n7|1.2.3.|122133\n",
      "id,puzzle,solution,clues,difficulty\n7,1.2.3.,122133,3,Easy\n",
      "puzzle,solution\n\"1 . 2\n. 3 .\",\"122\n133\"\n",
      "1.2.3.,122133\n",
      "\"puzzle\", \"solution\"\n\"1.2.3.\" , \"122133\"\n",
      "sep=;\r\npuzzle;solution\r\n1.2.3.;122133\r\n;\r\n;\r\n",
      "\"sep=|\"\npuzzle|solution\n1.2.3.|122133\n",
      "puzzle,solution\n1.2.3.,122133\n,\n , \n   \n",
    ]) func tablesOfOthers(text: String) throws
  {
    #expect(
      try read(text).flatMap(\.examples) == [Example(question: question, answer: answer)], "\(text)"
    )
  }

  @Test("A rating has a decimal comma where semicolons are between fields")
  func decimalCommas() throws {
    let table = "question;answer;rating\n1.2.3.;122133;2,25\n1.2.3.;122133;2.5\n"
    #expect(try read(table).map(\.examples[0].rating) == [2.25, 2.5])
  }

  @Test("A column of difficulties is a rating if it holds numbers")
  func difficultyIsARatingWhereItIsANumber() throws {
    let rows = "puzzle,solution,clues,difficulty\n1.2.3.,122133,3,2.2\n1.2.3.,122133,3,hard\n"
    #expect(try read(rows).map(\.examples[0].rating) == [2.2, nil])
    let lines =
      #"{"puzzle":"1.2.3.","difficulty":2.2}"# + "\n"
      + #"{"puzzle":"1.2.3.","difficulty":"hard"}"# + "\n"
      + #"{"puzzle":"1.2.3.","difficulty":"3.5"}"# + "\n"
      + #"{"puzzle":"1.2.3.","rating":"4.5"}"#
    #expect(try read(lines, "p.jsonl").map(\.examples[0].rating) == [2.2, nil, 3.5, 4.5])
  }

  @Test("Names that are not in UTF-8 are refused, since different ones would become equal")
  func namesAreInUTF8() throws {
    for column in ["puzzle", "source"] {
      // Ä and Ö in Latin-1, each of which a repair turns into the same sign.
      let rows =
        Data("question,\(column)\n1.2.3.,".utf8) + [0xC4] + Data("\n1.2..3,".utf8) + [0xD6, 0x0A]
      let error = failure(rows)
      #expect(error.contains("p.csv:2: the column \(column) is not in UTF-8"), "\(error)")
      let whole = try read("question,\(column)\n1.2.3.,Ä\n1.2..3,Ö\n")
      let names = whole.map { column == "puzzle" ? $0.name ?? "" : $0.examples[0].source }
      #expect(names == ["Ä", "Ö"])
    }
  }

  @Test(
    "Lists in the formats of other programs are read",
    arguments: [
      #"{"puzzle":"1.2.3.","solution":"122133"}"#,
      #"{"quizzes":[1,0,2,0,3,0],"Solutions":[[1,2,2],[1,3,3]]}"#,
      #"{"question":["1.2",".3."],"answer":"122\n133"}"#,
    ]) func linesOfOthers(line: String) throws
  {
    #expect(
      try read(line, "p.jsonl").flatMap(\.examples)
        == [Example(question: question, answer: answer)])
  }

  @Test("Columns can be named explicitly")
  func columnsCanBeStated() throws {
    let example = Example(question: question, answer: answer, rating: 7)
    let columns = try PuzzleColumns("question=start, answer=End,rating=clues")
    let files = [
      ("p.csv", "start,question,end,clues\n1.2.3.,?,122133,7\n"),
      ("p.jsonl", #"{"start":"1.2.3.","end":"122133","clues":7}"#),
    ]
    for (name, text) in files {
      #expect(try read(text, name, columns: columns).flatMap(\.examples) == [example])
    }
    let error = failure("start,end\n1.2.3.,122133\n", columns: try PuzzleColumns("question=a"))
    #expect(
      error.contains(
        "p.csv:1: there is no column \"a\" for the question; expected one of \"start\", \"end\""),
      "\(error)")
    for text in ["", "question", "question=", "quest=a", "question=a,question=b", "answer=a,"] {
      let error = #expect(throws: GymError.self, "\(text)") { try PuzzleColumns(text) }
      #expect(error?.expected?.contains("question, answer") == true)
    }
  }

  @Test("The error for an unknown header lists the columns")
  func anUnknownHeaderIsListed() {
    let error = failure("id,sudoku\n1,1.2.3.\n")
    #expect(error.contains("p.csv:1: no column is known as the question's: there are"), "\(error)")
    #expect(error.contains("\"id\", \"sudoku\""), "\(error)")
    #expect(error.contains("--columns question=id"), "\(error)")
  }

  @Test("Puzzles as lines and as grids are read")
  func linesAndGrids() throws {
    let lines = try read("# two puzzles\n1.2.3.\r\n\n102030\n", "p.txt")
    #expect(lines.map(\.examples[0].question) == [question, question])
    #expect(lines.map(\.line) == [2, 4])
    let grids = try read("1.2\n.3.\n\n\n1.2\n.3.", "p.txt")
    #expect(grids.map(\.examples[0].question) == [question, question])
    #expect(grids.map(\.line) == [1, 5])
    #expect(failure("1.2\n\n", "p.txt").contains("p.txt:1: the grid has 1 row; expected 2"))
    #expect(failure("1.2\n.3.\n1.2\n", "p.txt").contains("p.txt:3: the grid has a row too many"))
    #expect(failure("1.2\n.3\n", "p.txt").contains("p.txt:2: the row has 2 characters"))
    #expect(failure("1.2.3.\n1.2.3\n", "p.txt").contains("p.txt:2: the question has 5"))
    let unknown = failure("hello world\n", "p.txt")
    #expect(
      unknown.contains("the format is not recognized: the file begins with \"hello world\""),
      "\(unknown)")
    #expect(unknown.contains("a line of 6 cells, or 2 rows of 3"), "\(unknown)")
    #expect(failure("", "p.txt").contains("p.txt: the file is empty"))
  }

  /// If "#" and blanks are tokens they are not remarks and not trimmed.
  @Test("Spaces and # are read as tokens if the vocabulary has them")
  func spacesAndHashesMayBeTokens() throws {
    let task = Reader("~# S")
    let puzzles = try read("#S  # \n", "p.txt", task: task)
    #expect(puzzles.map(\.examples[0].question) == [[1, 3, 2, 2, 1, 2]])
    #expect(
      try read("question\n#S  # \n", task: task)
        == puzzles.map {
          Puzzle($0.examples[0], line: 2)
        })
  }

  /// Line ends stand between rows, and blanks may be cut off before them.
  @Test("A question of several lines is read, if blanks are cells too")
  func severalLinesWithBlankCells() throws {
    let task = Reader("~# S")
    for (end, rows) in [("\n", "#S \n # \n"), ("\r\n", "#S\r\n # "), ("\n", "\n#S\n #")] {
      let text = try read("question\n\"\(rows)\"\n", task: task)
      #expect(text.map(\.examples[0].question) == [[1, 3, 2, 2, 1, 2]], "\(rows)")
      let escaped = rows.replacingOccurrences(of: end, with: end == "\n" ? "\\n" : "\\r\\n")
      let line = try read("{\"question\":\"\(escaped)\"}\n", "p.jsonl", task: task)
      #expect(line.map(\.examples[0].question) == [[1, 3, 2, 2, 1, 2]], "\(rows)")
    }
    // A row of blanks alone is a question, and no empty row of a spreadsheet.
    #expect(
      try read("question\n#S  # \n      \n", task: task).map(\.examples[0].question)
        == [[1, 3, 2, 2, 1, 2], [2, 2, 2, 2, 2, 2]])
  }

  @Test("A file of rows in other characters is refused with the first of them")
  func foreignRowsAreNamed() {
    let error = failure("abc\nabd\n\nabc\nabd\n", "p.txt")
    #expect(error.contains("p.txt:1: character 1 is \"a\"; expected one of .123"), "\(error)")
  }

  @Test("A folder is told from a file")
  func foldersAreNoFiles() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: GymError.self) {
      try PuzzleSource(folder.url).format(for: Reader())
    }
    #expect(error?.what == "this is a folder")
  }

  @Test("Vocabularies may have characters beyond ASCII")
  func charactersBeyondASCII() throws {
    let puzzles = try read("question\n→←→←→←\n", task: Reader("~→←"))
    #expect(puzzles.map(\.examples[0].question) == [[1, 2, 1, 2, 1, 2]])
  }

  @Test(
    "Invalid JSON lines are rejected with their line",
    arguments: [
      ("{\"question\": 3}", "p.jsonl:2: question is an integer; expected a string"),
      ("[1]", "p.jsonl:2: the line is an array"),
      (
        "{\"answer\": \"122133\"}",
        "p.jsonl:2: no column is known as the question's: there are \"answer\""
      ),
      ("{\"question\": \"1.2.3.\", \"rating\": \"x\"}", "p.jsonl:2: the rating is \"x\""),
      ("{\"question\": \"1.2.3.\"", "p.jsonl:2:"),
    ]) func faultyJSONLines(line: String, message: String)
  {
    let error = failure("{\"question\": \"1.2.3.\"}\n\(line)\n", "p.jsonl")
    #expect(error.contains(message), "\(error)")
  }

  @Test("JSON may have empty lines, lines that end in CR, and an array behind a blank")
  func jsonInAnyLines() throws {
    let object = #"{"question":"1.2.3.","answer":"122133"}"#
    let example = Example(question: question, answer: answer)
    for end in ["\n", "\r\n", "\r"] {
      let text = ["", object, " \t", "", object, ""].joined(separator: end)
      let puzzles = try read(text, "p.jsonl")
      #expect(puzzles.flatMap(\.examples) == [example, example])
      #expect(puzzles.map(\.line) == [2, 5])
    }
    let array = try read(" \n [\(object),\n\n \(object)]\n", "p.json")
    #expect(array.flatMap(\.examples) == [example, example])
  }

  @Test("The format of a file is guessed from its content")
  func formatsAreGuessed() throws {
    let folder = try TemporaryFolder()
    let url = folder["data"]
    let cases: [(String, SourceFormat)] = [
      ("source,question\n", .csv), ("\n{\"question\":1}", .jsonLines), ("1.2.3.", .lines),
      ("# remark\n1.2\n", .textGrid),
    ]
    for (text, format) in cases {
      try Data(text.utf8).write(to: url)
      #expect(try PuzzleSource(url).format(for: Reader()) == format)
    }
    #expect(throws: GymError.self) { try PuzzleSource(folder.url).format(for: Reader()) }
    #expect(throws: GymError.self) {
      try PuzzleSource(folder["none.csv"]).format(for: Reader())
    }
  }

  /// Any bytes are read or refused with a place, never a crash.
  @Test("Mutated files are read or rejected with a place, never a crash")
  func mutatedFilesNeverCrash() throws {
    let files: [(String, String)] = [
      ("p.csv", "source,question,answer,rating\n\"a,b\",1.2.3.,122133,4\nc,1.2.3.,,\n"),
      ("p.txt", "# remark\n1.2.3.\n1.2.3.\n"), ("p.txt", "1.2\n.3.\n\n1.2\n.3.\n"),
      ("p.jsonl", "{\"question\":\"1.2.3.\",\"answer\":\"122133\",\"rating\":4}\n"),
    ]
    var random = RandomStream(seed: 12, "loading")
    let pieces: [[UInt8]] = [
      [0x22], [0x2C], [0x0A], [0x0D], [0xEF, 0xBB, 0xBF], [0], [0xFF], Array("1e999".utf8),
    ]
    var (good, refused) = (0, 0)
    for number in 0..<1500 {
      let chosen = random.element(of: files)
      let (name, text) = try #require(chosen)
      var bytes = Array(text.utf8)
      for _ in 0..<1 + random.below(4) {
        let place = random.below(bytes.count)
        switch random.below(3) {
        case 0: bytes[place] = UInt8(random.below(256))
        case 1: bytes.insert(contentsOf: random.element(of: pieces) ?? [], at: place)
        default: bytes.removeSubrange(place..<min(bytes.count - 1, place + random.below(9)))
        }
        if bytes.isEmpty { bytes = [0x0A] }
      }
      do {
        for puzzle in try read(Data(bytes), name) {
          #expect(
            puzzle.examples.allSatisfy { $0.question.count == 6 }, "seed 12, number \(number)")
        }
        good += 1
      } catch {
        #expect(error is GymError || error is JSONError, "seed 12, number \(number): \(error)")
        #expect("\(error)".contains("/p."), "seed 12, number \(number): \(error)")
        refused += 1
      }
    }
    #expect(good > 0 && refused > 0, "\(good) are read, \(refused) refused")
  }
}
