import Foundation
import Gym

/// A puzzle in an argument: its characters or a file's name.
enum PuzzleArgument {
  /// Reads the puzzle.
  ///
  /// - Parameter index: which puzzle of a file, from 0.
  static func read(_ text: String, index: Int, task: any Task) throws -> Example {
    if FileManager.default.fileExists(atPath: text) {
      return try example(
        in: PuzzleSource(URL(fileURLWithPath: text)).rereadable(), index: index, task: task)
    }
    // Tasks read files, so a typed puzzle becomes one.
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("puzzle-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    let blank = task.vocabulary.token(of: " ") == nil ? " " : ""
    let line = text.split(whereSeparator: \.isNewline).joined(separator: blank)
    do {
      try Data((line + "\n").utf8).write(to: file)
    } catch {
      throw GymError.unwritten(file.path, error, "the puzzle cannot be put into a file")
    }
    do {
      return try example(in: PuzzleSource(file, format: .lines), index: 0, task: task)
    } catch let error as GymError {
      throw GymError(
        error.what, at: "the puzzle \"\(line.prefix(20))\(line.count > 20 ? "…" : "")\"",
        expected: error.expected, remedy: error.remedy ?? "Or give the name of a file that exists")
    }
  }

  private static func example(
    in source: PuzzleSource, index: Int, task: any Task
  ) throws -> Example {
    struct Found: Error {}
    var count = 0
    var found: Example?
    do {
      try task.readPuzzles(from: source) { puzzle in
        for example in puzzle.examples {
          if count == index {
            found = example
            throw Found()
          }
          count += 1
        }
      }
    } catch is Found {}
    guard let found else {
      throw GymError(
        "there is no puzzle \(index)", at: source.path,
        expected: count == 0 ? "a file with puzzles" : "0...\(count - 1)")
    }
    return found
  }

  /// The puzzle with an answer from the task's own solver, if it has one.
  ///
  /// - Throws: a `GymError` if there is no answer, or several and the task allows only one.
  static func completed(_ example: Example, task: any Task) throws -> Example {
    var example = example
    switch try task.solve(example.question) {
    case .unique(let answer): example.answer = answer
    case .several(let answer) where task.allowsSeveralAnswers: example.answer = answer
    case .several:
      throw GymError("the puzzle has several solutions", expected: "one with exactly one")
    case .none:
      throw GymError("the puzzle has no solution", expected: "one with a solution")
    case .invalid(let reason):
      throw GymError("this is not a puzzle of \(task.id): \(reason)")
    case .unsupported:
      if example.answer.isEmpty {
        example.answer = Array(repeating: Vocabulary.padding, count: task.grid.cells)
      }
    }
    return example
  }
}
