import Foundation
import Gym
import GymJSON

/// Writes a folder with one file per puzzle, named after it: `easy/task1` is the file `task1.json`
/// in the folder `easy`.
final class PuzzleFolderWriter {
  private let task: any Task
  private let format: SourceFormat
  private let folder: AtomicDirectory
  private var names: Set<String> = []

  init(_ task: any Task, to url: URL, as format: SourceFormat, replaces: Bool) throws {
    (self.task, self.format) = (task, format)
    folder = try AtomicDirectory(for: url, replaces: replaces, of: .puzzleFiles)
  }

  /// Runs `write` and moves the folder into place; removes it if that fails.
  func completing(_ write: () throws -> Int) throws -> Int {
    do {
      let count = try write()
      try folder.finish()
      return count
    } catch {
      try folder.discard()
      throw error
    }
  }

  /// Whether a name can be a file's path that will be found again.
  private static func isPath(_ name: String) -> Bool {
    name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      (1...250).contains(part.utf8.count) && !part.hasPrefix(".")
        && part.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
  }

  func write(_ puzzle: Puzzle) throws {
    guard let name = puzzle.name, Self.isPath(name) else {
      throw GymError(
        "a puzzle is called \(puzzle.name.map { String(reflecting: $0) } ?? "nothing")",
        at: folder.target.path,
        expected: "a name for its file, of at most 250 bytes, that begins with no full stop")
    }
    guard names.insert(name).inserted else {
      throw GymError(
        "two puzzles are called \(String(reflecting: name))", at: folder.target.path,
        expected: "a name for each puzzle, to name its file", remedy: "Rename one of them.")
    }
    guard let text = try task.fileText(of: puzzle, as: format) else {
      throw GymError(
        "\(task.id.name) has no files of the form \(format.rawValue)",
        expected: "csv, jsonl or folder")
    }
    let file = try AtomicFile(
      for: folder.url.appendingPathComponent("\(name).json"), replaces: false)
    do {
      try file.write(text)
      try file.finish()
    } catch {
      try file.discard()
      throw error
    }
  }
}

/// Writes examples as CSV or JSON lines, in the form that `Task.readPuzzles` reads.
final class PuzzleTextWriter {
  private let vocabulary: Vocabulary
  private let isCSV: Bool
  private let isNamed: Bool
  private let file: AtomicFile

  /// Begins a file.
  ///
  /// - Parameter isNamed: whether puzzles have names; a CSV file then has columns for the name and
  ///   for whether the example is a demonstration.
  init(
    _ vocabulary: Vocabulary, to url: URL, as format: SourceFormat, isNamed: Bool, replaces: Bool
  ) throws {
    guard format == .csv || format == .jsonLines else {
      throw GymError("puzzles are not written as \(format.rawValue)", expected: "csv or jsonl")
    }
    self.vocabulary = vocabulary
    (isCSV, self.isNamed) = (format == .csv, isNamed)
    file = try AtomicFile(for: url, replaces: replaces)
  }

  /// Runs `write` and moves the file into place; removes it if that fails.
  ///
  /// - Returns: what `write` returns.
  func completing(_ write: () throws -> Int) throws -> Int {
    do {
      if isCSV {
        let more = isNamed ? ",puzzle,demonstration" : ""
        try file.write("source,question,answer,rating\(more)\n")
      }
      let count = try write()
      try file.finish()
      return count
    } catch {
      try file.discard()
      throw error
    }
  }

  /// Writes a puzzle's examples, its demonstrations first.
  func write(_ puzzle: Puzzle) throws {
    for example in puzzle.demonstrations {
      try write(example, name: puzzle.name, isDemonstration: true)
    }
    for example in puzzle.examples {
      try write(example, name: puzzle.name, isDemonstration: false)
    }
  }

  private func write(_ example: Example, name: String?, isDemonstration: Bool) throws {
    let question = vocabulary.text(example.question)
    // An answer that nobody knows is left out, as it was.
    let isKnown = example.answer.contains { $0 != Vocabulary.padding }
    let answer = isKnown ? vocabulary.text(example.answer) : ""
    if isCSV {
      let rating = example.rating.map { Int(exactly: $0).map(String.init) ?? "\($0)" } ?? ""
      var fields = [example.source, question, answer, rating]
      if isNamed { fields += [name ?? "", isDemonstration ? "yes" : ""] }
      return try file.write(fields.map(Self.field).joined(separator: ",") + "\n")
    }
    var members: JSONObject = [
      "source": .string(example.source), "question": .string(question), "answer": .string(answer),
    ]
    if let rating = example.rating { members["rating"] = .number(rating) }
    if let name { members["puzzle"] = .string(name) }
    if isDemonstration { members["demonstration"] = true }
    try file.write(String(decoding: try JSON.object(members).bytes(), as: UTF8.self) + "\n")
  }

  /// A CSV field, quoted if necessary.
  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
