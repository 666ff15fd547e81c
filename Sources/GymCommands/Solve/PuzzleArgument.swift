import Foundation
import Gym

/// A puzzle to solve: one question with its label, and what explains it.
struct AskedPuzzle {
  var example: Example
  /// The solved examples that belong to the question.
  var demonstrations: [Example] = []
}

/// A puzzle in an argument: its characters or a file's name.
enum PuzzleArgument {
  /// Reads the puzzle.
  ///
  /// - Parameters:
  ///   - text: the characters, or the name of a file; `-` is standard input.
  ///   - index: which puzzle of a file, from 0.
  /// - Throws: a `GymError`, also if the text holds more than one puzzle, with or without an answer.
  static func read(_ text: String, index: Int, task: any Task) throws -> AskedPuzzle {
    if isFile(text) {
      let source = try PuzzleSource(path: text).rereadable()
      var (found, count) = (AskedPuzzle?.none, 0)
      try forEach(in: source, task: task) { puzzle in
        if count == index { found = puzzle }
        count += 1
        return found == nil
      }
      guard let found else {
        throw GymError(
          "there is no puzzle \(index)", at: source.path,
          expected: count == 0 ? "a file with puzzles" : "0...\(count - 1)")
      }
      return found
    }
    let blank = task.vocabulary.token(of: " ") == nil ? " " : ""
    let line = text.split(whereSeparator: \.isNewline).joined(separator: blank)
    let name = name(of: text, index: index)
    guard index == 0 else {
      throw GymError(
        "--index is for files, and there is no such file", at: name,
        remedy: "Leave --index out, or give the name of a file that exists")
    }
    // Tasks read files, so a typed puzzle becomes one.
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("puzzle-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      try Data((line + "\n").utf8).write(to: file)
    } catch {
      throw GymError.unwritten(file.path, error, "the puzzle cannot be put into a file")
    }
    do {
      if !blank.isEmpty {
        try checkGrids(of: text, task: task)
        try checkWords(of: line, task: task)
      }
      return try single(in: PuzzleSource(file, format: .lines), task: task)
    } catch let error as GymError {
      throw GymError(
        error.what, at: name, expected: error.expected,
        remedy: error.remedy ?? "Or give the name of a file that exists")
    }
  }

  /// The puzzle as messages call it.
  static func name(of text: String, index: Int) -> String {
    if isFile(text) { return "\(text), puzzle \(index)" }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return "the puzzle \"\(line.prefix(20))\(line.count > 20 ? "…" : "")\""
  }

  private static func isFile(_ text: String) -> Bool {
    text == "-" || FileManager.default.fileExists(atPath: text)
  }

  /// Gives the puzzles of a source, question by question, until the body returns false.
  private static func forEach(
    in source: PuzzleSource, task: any Task, _ body: (AskedPuzzle) throws -> Bool
  ) throws {
    struct Ended: Error {}
    do {
      try task.readPuzzles(from: source) { puzzle in
        for example in puzzle.examples {
          let goesOn = try body(
            AskedPuzzle(example: example, demonstrations: puzzle.demonstrations))
          if !goesOn { throw Ended() }
        }
      }
    } catch is Ended {}
  }

  /// The puzzle with an answer from the task's own solver, if it has one.
  ///
  /// - Throws: a `GymError` if there is no answer, or several and the task allows only one.
  static func completed(_ puzzle: AskedPuzzle, task: any Task) throws -> AskedPuzzle {
    var puzzle = puzzle
    switch try task.solve(puzzle.example.question) {
    case .unique(let answer): puzzle.example.answer = answer
    case .several(let answer) where task.allowsSeveralAnswers: puzzle.example.answer = answer
    case .several:
      throw GymError("the puzzle has several solutions", expected: "one with exactly one")
    case .none:
      throw GymError("the puzzle has no solution", expected: "one with a solution")
    case .invalid(let reason):
      throw GymError("this is not a puzzle of \(task.id): \(reason)")
    case .unsupported:
      if puzzle.example.answer.isEmpty {
        puzzle.example.answer = Array(repeating: Vocabulary.padding, count: task.grid.cells)
      }
    }
    return puzzle
  }
}

extension PuzzleArgument {
  /// The puzzle of a typed text, which holds no other.
  private static func single(in source: PuzzleSource, task: any Task) throws -> AskedPuzzle {
    var puzzles: [AskedPuzzle] = []
    try forEach(in: source, task: task) { puzzle in
      puzzles.append(puzzle)
      return puzzles.count < 2
    }
    guard let puzzle = puzzles.first else {
      throw GymError("there is no puzzle in the text", expected: "\(task.grid.cells) characters")
    }
    guard puzzles.count == 1, !isPuzzle(puzzle.example.answer, task) else { throw severalPuzzles }
    guard try answersItself(puzzle.example, task) else {
      throw GymError(
        "the text holds a second puzzle, or a wrong answer to the first",
        expected: "one puzzle, alone or with its answer", remedy: severalPuzzles.remedy)
    }
    return puzzle
  }

  private static var severalPuzzles: GymError {
    GymError(
      "the text holds more than one puzzle", expected: "one, alone or with its answer",
      remedy: "Put them into a file, of which --index chooses one")
  }

  /// Whether what was read as an answer has blanks to fill in.
  private static func isPuzzle(_ answer: [UInt8], _ task: any Task) -> Bool {
    task.clueTokens.map { answer.contains($0.blank) } ?? false
  }

  /// Whether the answer of an example, if it has one, is right, as far as the task's solver tells.
  private static func answersItself(_ example: Example, _ task: any Task) throws -> Bool {
    guard !example.answer.isEmpty else { return true }
    var solved = example
    switch try task.solve(example.question) {
    case .unique(let answer): solved.answer = answer
    case .several(let answer) where task.allowsSeveralAnswers: solved.answer = answer
    default: return true
    }
    return try task.verify(example.answer, for: solved).isSolved
  }

  /// Makes sure that no more than one whole grid is in a text of rows.
  private static func checkGrids(of text: String, task: any Task) throws {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let grids = lines.split { $0.allSatisfy(\.isWhitespace) }.filter { rows in
      rows.count > 1 && rows.joined().count { !$0.isWhitespace } == task.grid.cells
    }
    guard grids.count < 2 else { throw severalPuzzles }
  }

  /// Makes sure that words around a puzzle are such as lists of puzzles have: what is not read may
  /// have been meant as an option.
  private static func checkWords(of line: String, task: any Task) throws {
    let (cells, vocabulary) = (task.grid.cells, task.vocabulary)
    // Fields apart by these hold counts, ratings and names.
    guard !line.contains(where: { ":;,|".contains($0) && vocabulary.token(of: $0) == nil }) else {
      return
    }
    let words = line.split(whereSeparator: \.isWhitespace)
    func isWhole(_ word: Substring) -> Bool {
      word.count == cells || word.count { $0 != "+" } == cells
    }
    guard words.contains(where: isWhole) else { return }
    func isListed(_ word: Substring) -> Bool {
      Double(word) != nil || (word.count >= 8 && word.allSatisfy(\.isHexDigit))
    }
    guard let stray = words.first(where: { !isWhole($0) && !isListed($0) }) else { return }
    throw GymError(
      "\"\(stray)\" beside the puzzle would not be read", expected: "the puzzle alone",
      remedy: "Put options outside its quotes")
  }
}
