import Foundation
import Gym
import GymTestSupport
import SudokuExtreme
import Testing

/// Boards in every alphabet, with every character that files use for a blank.
@Suite struct AlphabetTests {
  private static let alphabets = ["123456789ABCDEFG", "0123456789ABCDEF", "ABCDEFGHIJKLMNOP"]

  /// A full board of 16×16 values, 1 to 16.
  private func board(seed: UInt64) -> [Int] {
    var random = RandomStream(seed: seed, "alphabets")
    let names = random.shuffled(Array(1...16))
    return (0..<256).map { cell in
      let (row, column) = (cell / 16, cell % 16)
      return names[(row % 4 * 4 + row / 4 + column) % 16]
    }
  }

  /// Values, 0 a blank, as text.
  private func text(_ values: [Int], _ alphabet: String, blank: Character = ".") -> String {
    let symbols = Array(alphabet)
    return String(values.map { $0 == 0 ? blank : symbols[$0 - 1] })
  }

  /// A board with somewhat more than half of its cells blank.
  private func question(_ board: [Int], seed: UInt64, without: Int? = nil) -> [Int] {
    var random = RandomStream(seed: seed, "blanks")
    return board.map { $0 == without || random.below(5) < 3 ? 0 : $0 }
  }

  private func tokens(_ values: [Int]) -> [UInt8] { values.map { UInt8($0 + 1) } }

  private func read(
    _ text: String, _ name: String, size: Int = 16, as format: SourceFormat? = nil
  ) throws -> [Example] {
    let folder = try TemporaryFolder()
    var examples: [Example] = []
    try makeSudoku(size).readPuzzles(from: PuzzleSource(folder.file(name, text), format: format)) {
      examples += $0.examples
    }
    return examples
  }

  private func failure(_ text: String, _ name: String = "p.txt", size: Int = 16) -> String {
    do {
      return "no error, but \(try read(text, name, size: size).count) puzzles"
    } catch {
      return "\(error)"
    }
  }

  /// The symbols of each alphabet, in either case, with each character that is not a symbol of it.
  @Test("Every alphabet is recognized with every blank character", arguments: alphabets)
  func everyAlphabetWithEveryBlank(alphabet: String) throws {
    let board = board(seed: 1)
    let asked = question(board, seed: 1)
    for blank in ".0?*-_Xx" where !alphabet.contains(blank) {
      for isLower in [false, true] {
        let symbols = isLower ? alphabet.lowercased() : alphabet
        let (question, answer) = (text(asked, symbols, blank: blank), text(board, symbols))
        let example = Example(question: tokens(asked), answer: tokens(board))
        #expect(try read("question,answer\n\(question),\(answer)\n", "p.csv") == [example])
        #expect(
          try read("{\"question\":\"\(question)\",\"answer\":\"\(answer)\"}\n", "p.jsonl")
            == [example])
        #expect(try read(question + "\n", "p.txt").map(\.question) == [tokens(asked)])
        let rows = stride(from: 0, to: 256, by: 16).map {
          String(Array(question)[$0..<$0 + 16])
        }
        #expect(
          try read(rows.joined(separator: "\n") + "\n", "p.txt").map(\.question)
            == [tokens(asked)])
      }
    }
  }

  /// Numbers from 1 with 0 or another blank, and from 0 with another blank.
  @Test(
    "Boards of numbers are read",
    arguments: [(1, "0"), (1, "."), (1, "-"), (1, "00"), (0, "."), (0, "?"), (0, "--")])
  func numbersAreRead(first: Int, blank: String) throws {
    let board = board(seed: 15)
    let asked = question(board, seed: 15)
    func numbers(_ values: [Int], _ separator: String, width: Int = 0) -> String {
      values.map { value in
        let text = value == 0 ? blank : "\(value - 1 + first)"
        return String(repeating: " ", count: max(0, width - text.count)) + text
      }.joined(separator: separator)
    }
    func rows(_ row: ([Int]) -> String) -> String {
      stride(from: 0, to: 256, by: 16).map { row(Array(asked[$0..<$0 + 16])) + "\n" }.joined()
    }
    let expected = [tokens(asked)]
    for separator in [" ", ",", ", ", "\t", ";"] {
      #expect(try read(numbers(asked, separator) + "\n", "p.txt").map(\.question) == expected)
      let grid = rows { numbers($0, separator) }
      #expect(try read(grid + "\n" + grid, "p.txt").map(\.question) == expected + expected)
    }
    let bordered = rows { row in
      "| "
        + stride(from: 0, to: 16, by: 4).map { numbers(Array(row[$0..<$0 + 4]), " ", width: 2) }
        .joined(separator: " | ") + " |"
    }
    #expect(try read(bordered, "p.txt").map(\.question) == expected)
    let whole = [Example(question: tokens(asked), answer: tokens(board))]
    for (before, after) in [("", ""), ("\"", "\""), ("\"[", "]\"")] {
      let row = [asked, board].map { before + numbers($0, before.isEmpty ? " " : ", ") + after }
      #expect(try read("puzzle,solution\n" + row.joined(separator: ",") + "\n", "p.csv") == whole)
    }
    func json(_ values: [Int]) -> String {
      "[" + values.map { $0 == 0 ? "null" : "\($0 - 1 + first)" }.joined(separator: ",") + "]"
    }
    func texts(_ values: [Int]) -> String {
      "[" + values.map { "\"" + numbers([$0], "") + "\"" }.joined(separator: ",") + "]"
    }
    for list in [json, texts] {
      #expect(
        try read("{\"puzzle\":\(list(asked)),\"solution\":\(list(board))}\n", "p.jsonl") == whole)
    }
  }

  @Test("Numbers beyond the board, or beside letters, are rejected")
  func otherNumbersAreRefused() throws {
    let asked = question(board(seed: 16), seed: 16)
    func line(_ last: String) -> String {
      (asked.dropLast().map(String.init) + [last]).joined(separator: " ")
    }
    #expect(failure("question\n\(line("17"))\n", "p.csv").contains("\"H\"; expected one of"))
    for last in ["B", "26", "100"] {
      let error = failure("question\n\(line(last))\n", "p.csv")
      #expect(error.contains("p.csv:2: the question has"), "\(error)")
    }
    let list = failure("{\"question\":[26]}\n", "p.jsonl")
    #expect(list.contains("question holds 26; expected numbers from 0 to 25"), "\(list)")
  }

  /// Without a 9, a 0 beside another character for blanks is a digit, also of the answer.
  @Test("Small boards are read with digits from 0, too", arguments: [4, 6, 9])
  func smallBoardsHaveDigitsFromZero(size: Int) throws {
    let task = try makeSudoku(size)
    let example = try #require(
      try examples(task, count: 20, seed: 9).first { $0.question.contains(2) })
    func lower(_ tokens: [UInt8]) -> String {
      String(
        task.vocabulary.text(tokens).map { character in
          character.wholeNumberValue.map { Character("\($0 - 1)") } ?? character
        })
    }
    #expect(
      try read(lower(example.question) + "\n", "p.txt", size: size).map(\.question)
        == [example.question])
    let row = "question,answer\n\(lower(example.question)),\(lower(example.answer))\n"
    #expect(try read(row, "p.csv", size: size).map(\.answer) == [example.answer])
  }

  /// The size is said where a board has another one.
  @Test("Boards of a size that does not exist are rejected with the sizes that do")
  func otherSizesAreRefused() throws {
    let line = String(repeating: "ABCDEFGHIJKLMNOPQRSTUVWXY", count: 25)
    #expect(
      failure(line + "\n").contains("set it by --set: digits, rows and columns: 4, 6, 9 or 16"))
    #expect(
      failure("question\n\(line)\n", "p.csv").contains(
        "p.csv:2: the question has 625 characters; expected 256"))
  }

  /// A line that could be in two alphabets is read in that of the file's other lines, whichever
  /// stands first.
  @Test(
    "A line that fits two alphabets is read in that of the file", arguments: 0..<2, [false, true])
  func theFileDecidesWhereALineDoesNot(number: Int, isLast: Bool) throws {
    let alphabet = Self.alphabets[number]
    // Neither 0 nor G: 1-9 and A-F alone, which both alphabets have.
    let missing = number == 0 ? 16 : 1
    let boards = [board(seed: 2), board(seed: 3)]
    let doubtful = question(boards[0], seed: 4, without: missing)
    let plain = question(boards[1], seed: 5)
    let asked = isLast ? [plain, doubtful] : [doubtful, plain]
    let lines = asked.map { text($0, alphabet) + "\n" }
    #expect(try read(lines.joined(), "p.txt").map(\.question) == asked.map(tokens))
    // In a row with its answer the answer decides.
    let row = "\(text(doubtful, alphabet)),\(text(boards[0], alphabet))\n"
    #expect(
      try read("question,answer\n" + row, "p.csv")
        == [Example(question: tokens(doubtful), answer: tokens(boards[0]))])
  }

  /// 0 is a blank as soon as it stands more often than a symbol can, or G shows that it is none.
  @Test("0 is a blank or a symbol, as the rest of the file shows")
  func aZeroIsABlankOrASymbol() throws {
    let board = board(seed: 6)
    let asked = question(board, seed: 6, without: 16)
    let text = text(asked, Self.alphabets[0], blank: "0")
    #expect(text.filter { $0 == "0" }.count > 16 && !text.contains("G"))
    #expect(try read(text + "\n", "p.txt").map(\.question) == [tokens(asked)])
    let solved = self.text(board, Self.alphabets[1])
    #expect(
      try read("question,answer\n\(self.text(asked, Self.alphabets[1])),\(solved)\n", "p.csv")
        == [Example(question: tokens(asked), answer: tokens(board))])
  }

  /// A slip in a file of 0-F, or a 0 among letters, makes no blank of a symbol.
  @Test("A 0 beside other blanks is not a blank")
  func aZeroBesideOtherBlanksIsNoBlank() throws {
    func slipped(_ alphabet: Int, _ character: Character, at place: Int) -> String {
      var characters = Array(text(question(board(seed: 7), seed: 7), Self.alphabets[alphabet]))
      characters[place] = character
      return String(characters)
    }
    let line = text(question(board(seed: 14), seed: 14), Self.alphabets[1])
    #expect(line.contains("0") && line.contains("."))
    let strayG = failure(line + "\n" + slipped(1, "G", at: 70) + "\n")
    #expect(
      strayG.contains("p.txt:2: character 71 is \"G\"; expected one of 0-9 and A-F, or"),
      "\(strayG)")
    for alphabet in [0, 2] {
      let error = failure(slipped(alphabet, "0", at: 70) + "\n")
      #expect(
        error.contains("p.txt:1: character 71 is \"0\" beside another character for blanks"),
        "\(error)")
    }
    // On small boards 0 is not a symbol in any alphabet.
    let small = try #require(try examples(makeSudoku(9), count: 1, seed: 5).first)
    var mixed = Array(try makeSudoku(9).vocabulary.text(small.question))
    mixed[try #require(mixed.firstIndex(of: "."))] = "0"
    #expect(
      try read(String(mixed) + "\n", "p.txt", size: 9).map(\.question) == [small.question])
  }

  @Test("A character that fits no alphabet is named")
  func whatFitsNoAlphabetIsNamed() throws {
    let line = text(question(board(seed: 8), seed: 8), Self.alphabets[0])
    func changed(_ place: Int, _ character: Character) -> String {
      var characters = Array(line)
      characters[place] = character
      return String(characters)
    }
    #expect(line.contains("G"))
    for character in ["H", "z", "Z", "$", "é", "·", " "] as [Character] {
      let error = failure(line + "\n" + changed(40, character) + "\n")
      #expect(error.contains("p.txt:2: character 41 is \"\(character)\""), "\(error)")
      #expect(
        error.contains("expected one of 1-9 and A-G, or for a blank one of . 0 ? * - _ X"),
        "\(error)")
    }
    // What most of the text is in decides which character is the odd one.
    let letters = text(question(board(seed: 9), seed: 9), Self.alphabets[2])
    let odd = failure("7" + letters.dropFirst() + "\n")
    #expect(odd.contains("p.txt:1: character 1 is \"7\"; expected one of A-P, or"), "\(odd)")
    #expect(failure(String(line.dropLast()) + "\n", "p.txt").contains("not recognized"))
    #expect(
      failure("question\n\(line.dropLast())\n", "p.csv").contains(
        "p.csv:2: the question has 255 characters; expected 256"))
  }

  /// Lines that several alphabets fit are refused in a file that uses several.
  @Test("A line that fits several alphabets is rejected if the file uses several")
  func doubtIsRefused() throws {
    let board = board(seed: 10)
    let first = text(question(board, seed: 10), Self.alphabets[0])
    let second = text(question(board, seed: 11), Self.alphabets[1])
    #expect(first.contains("G") && second.contains("0"))
    #expect(try read(first + "\n" + first + "\n", "p.txt").count == 2)
    let doubtful = text(
      question(board, seed: 12, without: 16).map { $0 == 1 ? 0 : $0 }, Self.alphabets[0])
    let error = failure(
      [first, text(question(board, seed: 13), Self.alphabets[2]), doubtful].joined(separator: "\n"))
    #expect(error.contains("p.txt:3: the characters fit several alphabets"), "\(error)")
  }

  @Test("Small boards are read with every blank character, too", arguments: [4, 6, 9])
  func smallBoardsHaveEveryBlankToo(size: Int) throws {
    let task = try makeSudoku(size)
    let example = try #require(try examples(task, count: 1, seed: 3).first)
    let line = task.vocabulary.text(example.question)
    for blank in ".0?*-_Xx" {
      let other = line.replacingOccurrences(of: ".", with: String(blank))
      #expect(try read(other + "\n", "p.txt", size: size).map(\.question) == [example.question])
    }
    let letters = String(
      line.map { character in
        character.wholeNumberValue.map { Array("ABCDEFGHI")[$0 - 1] } ?? character
      })
    for text in [letters, letters.lowercased()] {
      #expect(try read(text + "\n", "p.txt", size: size).map(\.question) == [example.question])
    }
    let error = failure(line.replacingOccurrences(of: ".", with: "!") + "\n", size: size)
    #expect(error.contains("is \"!\"; expected one of"), "\(error)")
  }

  /// What the gym writes is read as it was written.
  @Test("Files that the gym wrote are read back unchanged")
  func ownFilesAreReadBack() throws {
    let task = try makeSudoku(16)
    for seed in 0..<20 as Range<UInt64> {
      let asked = question(board(seed: seed), seed: seed, without: seed % 2 == 0 ? 16 : 1)
      let line = task.vocabulary.text(tokens(asked))
      #expect(try read(line + "\n", "p.txt").map(\.question) == [tokens(asked)])
    }
  }
}
