import Foundation
import Gym
import GymTestSupport
import SudokuExtreme
import Testing

/// Files of Sudokus as other programs and collections write them.
@Suite struct ListTests {
  /// Three proper puzzles, with their solutions.
  private static let puzzles = [
    "...7...36.6..9.....524.......9.2.6.7.4..8.9..7...3.....2...94....5.6.........8...",
    "..29..3.......61.....4...86.1.3.......5.9.....26.....5.835........8.4.6.16.....2.",
    ".175...96....672.....1...7......23...61..........4..6.43...57...95..........9..24",
  ]
  private static let solutions = [
    "894752136167893524352416879539124687241687953786935241628379415475261398913548762",
    "642981357837256194591473286418325679375698412926147835783562941259814763164739528",
    "317524896954867231682139475749612358861753942523948167436285719295471683178396524",
  ]
  private static let zeros = puzzles.map { $0.replacingOccurrences(of: ".", with: "0") }

  private func read(
    _ text: String, _ name: String = "p.txt", as format: SourceFormat? = nil
  ) throws -> [Example] {
    let folder = try TemporaryFolder()
    var examples: [Example] = []
    try makeSudoku().readPuzzles(from: PuzzleSource(folder.file(name, text), format: format)) {
      examples += $0.examples
    }
    return examples
  }

  private func failure(
    _ text: String, _ name: String = "p.txt", as format: SourceFormat? = nil
  ) -> String {
    do {
      return "no error, but \(try read(text, name, as: format).count) puzzles"
    } catch {
      return "\(error)"
    }
  }

  private func expected(
    answers: Bool = false, ratings: [Double?] = [nil, nil, nil]
  ) throws -> [Example] {
    let vocabulary = try makeSudoku().vocabulary
    return try Self.puzzles.indices.map {
      Example(
        question: try vocabulary.tokens(Self.puzzles[$0]),
        answer: answers ? try vocabulary.tokens(Self.solutions[$0]) : [], rating: ratings[$0])
    }
  }

  /// A line for each puzzle.
  private func lines(_ line: (Int) -> String) -> String {
    Self.puzzles.indices.map { line($0) + "\n" }.joined()
  }

  @Test("Lists with a puzzle and its answer per line are read")
  func linesWithAnswers() throws {
    for format in [nil, SourceFormat.lines] {
      for separator in [":1:", ":", ",", ";", " ", "\t", " | "] {
        let text = lines { Self.puzzles[$0] + separator + Self.solutions[$0] }
        #expect(try read(text, as: format) == expected(answers: true), "\(separator)")
      }
    }
    let table = lines { "\(Self.zeros[$0]),\(Self.solutions[$0])" }
    #expect(try read(table, "p.csv") == expected(answers: true))
  }

  @Test("Ratings are read from the formats that have them")
  func ratingsAreReadWhereTheFormHasThem() throws {
    let exchange = lines { "00000000000\($0) \(Self.zeros[$0])  \($0).2" }
    #expect(try read(exchange) == expected(ratings: [0.2, 1.2, 2.2]))
    let forum = lines { "\(Self.puzzles[$0]);8.\($0);someone;\($0)" }
    #expect(try read(forum) == expected(ratings: [8.0, 8.1, 8.2]))
    let unrated = lines { "\(Self.puzzles[$0]);ED=9.1/1.2/1.2;x" }
    #expect(try read(unrated) == expected())
    // A count of solutions, or what stands behind a comma or a blank, is not a rating.
    #expect(try read(lines { "\(Self.puzzles[$0]):1:" }) == expected())
    #expect(try read(lines { "\(Self.puzzles[$0]), 24" }) == expected())
  }

  @Test("HoDoKu's lines, blank lines and remarks are read")
  func hodokuAndBlanksAndRemarks() throws {
    #expect(try read(lines { ":0000:x:\(Self.puzzles[$0]):::" }) == expected())
    let placed = lines { number in
      ":0000:x:" + Self.puzzles[number].replacingOccurrences(of: "6", with: "+6") + ":::"
    }
    #expect(try read(placed) == expected())
    #expect(try read("# a remark\n\n" + lines { Self.puzzles[$0] + "  " }) == expected())
    #expect(
      try read(lines { Self.zeros[$0].map(String.init).joined(separator: " ") }) == expected())
    #expect(try read(lines { "\"\(Self.puzzles[$0])\"," }) == expected())
    // Old Macs end lines in CR alone.
    let old = lines { Self.puzzles[$0] }.replacingOccurrences(of: "\n", with: "\r")
    #expect(try read(old) == expected())
  }

  @Test("OpenSudoku's files are read")
  func openSudokuIsRead() throws {
    let games = lines { "<game data=\"\(Self.zeros[$0])\" />" }
    let text = "<?xml version=\"1.0\"?>\n<opensudoku>\n<name>x</name>\n\(games)</opensudoku>\n"
    for text in [text, text.replacingOccurrences(of: "\n", with: " ")] {
      #expect(try read(text, "p.opensudoku") == expected())
      #expect(try read(text, "p.xml", as: .lines) == expected())
    }
    let error = failure("<opensudoku>\n<game data=\"\(Self.zeros[0].dropLast())\" />\n")
    #expect(
      error.contains("p.txt:2: the data of the puzzle") && error.contains("has 80"), "\(error)")
  }

  /// The rows of a puzzle, with what stands between columns and between bands.
  private func grid(
    _ puzzle: String, cell: String = "", band: String = "", rule: String? = nil,
    sides: (String, String) = ("", "")
  ) -> [String] {
    let cells = Array(puzzle)
    let rows = (0..<9).map { row in
      let bands = (0..<3).map { band in
        (0..<3).map { String(cells[9 * row + 3 * band + $0]) }.joined(separator: cell)
      }
      return sides.0 + bands.joined(separator: band) + sides.1
    }
    guard let rule else { return rows }
    return Array(rows[..<3]) + [rule] + Array(rows[3..<6]) + [rule] + Array(rows[6...])
  }

  private func text(_ grids: [[String]], between: String = "\n") -> String {
    grids.map { $0.map { $0 + "\n" }.joined() }.joined(separator: between)
  }

  @Test("Grids with any borders and separators are read")
  func gridsInAnyDress() throws {
    let all = Self.puzzles
    let spaced = all.map { grid($0, cell: " ", band: " ") }
    let simple = all.map { grid($0, band: "|", rule: "-----------") }
    let qqwing = all.map {
      grid($0, cell: " ", band: " | ", rule: "-------|-------|-------", sides: (" ", " "))
    }
    let boxed = all.map {
      [" *-----------*"]
        + grid($0, band: "|", rule: " |---+---+---|", sides: (" |", "|")) + [" *-----------*"]
    }
    let hodoku = all.map {
      [".-------.-------.-------."]
        + grid(
          $0, cell: " ", band: " | ", rule: ":-------+-------+-------:", sides: ("| ", " |"))
        + ["'-------'-------'-------'"]
    }
    let drawn = all.map { grid($0, band: "│", rule: "───┼───┼───") }
    // A rule that is as long as a row.
    let short = all.map { grid($0, rule: "---------") }
    for grids in [spaced, simple, qqwing, boxed, hodoku, drawn, short] {
      for format in [nil, SourceFormat.textGrid] {
        #expect(try read(text(grids), as: format) == expected(), "\(grids[0])")
      }
    }
    let strokes = all.map { $0.replacingOccurrences(of: ".", with: "-") }
    #expect(try read(text(strokes.map { grid($0) })) == expected())
    #expect(try read(text(strokes.map { grid($0, band: "|", rule: "---+---+---") })) == expected())
  }

  @Test("The borders of small boxes are none of their rows")
  func bordersOfSmallBoxes() throws {
    let folder = try TemporaryFolder()
    let grid = "+--+--+\n|..|.1|\n|.1|..|\n+--+--+\n|..|2.|\n|3.|..|\n+--+--+\n"
    let (task, file) = (try makeSudoku(4), try folder.file("p.txt", grid + "\n" + grid))
    var questions: [[UInt8]] = []
    try task.readPuzzles(from: PuzzleSource(file)) { questions += $0.examples.map(\.question) }
    let expected = try task.vocabulary.tokens("...1.1....2.3...")
    #expect(questions == [expected, expected])
  }

  @Test("Titles, remarks and section headings are skipped")
  func titlesRemarksAndSections() throws {
    let titled = Self.zeros.enumerated().map { ["Grid 0\($0 + 1)"] + grid($1) }
    #expect(try read(text(titled, between: "")) == expected())
    #expect(try read("A collection\n\n" + text(titled)) == expected())
    let sadMan = Self.puzzles.indices.map { number in
      ["#A someone", "#D a remark", "[Puzzle]"] + grid(Self.puzzles[number])
        + ["[State]"] + grid(Self.solutions[number])
    }
    #expect(try read(text(sadMan), "p.sdk") == expected())
  }

  @Test("Damaged grids are rejected with their line")
  func whatIsDamagedIsRefused() throws {
    let rows = grid(Self.puzzles[0])
    var faulty = rows
    faulty[0].replaceSubrange(faulty[0].startIndex...faulty[0].startIndex, with: "Z")
    let title = failure(text([faulty, rows]), as: .textGrid)
    #expect(title.contains("p.txt:1: character 1 is \"Z\""), "\(title)")
    faulty = rows
    faulty[4] = "7.Z.3...."
    #expect(failure(text([faulty])).contains("p.txt:5: character 3 is \"Z\""))
    faulty[4] = "7...3..."
    #expect(failure(text([faulty])).contains("p.txt:5: the row has 8 characters; expected 9"))
    #expect(failure(text([Array(rows.dropLast())])).contains("p.txt:1: the grid has 8 rows"))
    // Strokes are no rows of blanks in a grid whose blanks are points.
    let cut = grid(Self.puzzles[0], rule: "---------").filter { $0 != rows[8] && $0 != rows[7] }
    #expect(failure(text([cut])).contains("the grid has 7 rows"))
    let short = failure(lines { "\(Self.puzzles[$0].dropLast($0));8.9" })
    #expect(
      short.contains("p.txt:2: no field of the line has 81 characters: the longest, "), "\(short)")
    #expect(short.contains("has 80; expected a question of 81 cells"), "\(short)")
    let many = failure(lines { "\(Self.puzzles[$0]):\(Self.puzzles[0]):\(Self.puzzles[1])" })
    #expect(many.contains("p.txt:1: 3 fields of the line have 81 characters"), "\(many)")
    let grids = failure(text([grid(Self.puzzles[0], cell: " ", band: " ")]), as: .lines)
    #expect(grids.contains("p.txt:1:") && grids.contains("--format grid"), "\(grids)")
    let list = failure(lines { Self.puzzles[$0] }, as: .textGrid)
    #expect(list.contains("has 81 characters") && list.contains("--format lines"), "\(list)")
  }
}
