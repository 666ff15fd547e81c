import Foundation
import Gym
import JSON

/// Writes examples as CSV or JSON lines, in the form that `Task.readPuzzles` reads.
final class PuzzleTextWriter {
  private let vocabulary: Vocabulary
  private let isCSV: Bool
  private let file: PendingFile
  private var count = 0

  /// Begins a file with its header.
  init(
    _ vocabulary: Vocabulary, to url: URL, as format: SourceFormat, replaces: Bool
  ) throws {
    guard format == .csv || format == .jsonLines else {
      throw GymError("puzzles are not written as \(format.rawValue)", expected: "csv or jsonl")
    }
    self.vocabulary = vocabulary
    isCSV = format == .csv
    file = try PendingFile(for: url, replaces: replaces)
  }

  /// Does the writing and puts the file in its place; where that fails, removes it.
  ///
  /// - Returns: the number of examples written.
  func completing(_ write: () throws -> Void) throws -> Int {
    do {
      if isCSV { try file.write("source,question,answer,rating\n") }
      try write()
      try file.finish()
      return count
    } catch {
      try file.discard()
      throw error
    }
  }

  /// Writes an example; the name of its puzzle goes into JSON lines only.
  func write(_ example: Example, name: String?) throws {
    let (question, answer) = (vocabulary.text(example.question), vocabulary.text(example.answer))
    count += 1
    if isCSV {
      let rating = example.rating.map { Int(exactly: $0).map(String.init) ?? "\($0)" } ?? ""
      let fields = [example.source, question, answer, rating]
      return try file.write(fields.map(Self.field).joined(separator: ",") + "\n")
    }
    var members: JSONObject = [
      "source": .string(example.source), "question": .string(question), "answer": .string(answer),
    ]
    if let rating = example.rating { members["rating"] = .number(rating) }
    if let name { members["puzzle"] = .string(name) }
    try file.write(String(decoding: try JSON.object(members).bytes(), as: UTF8.self) + "\n")
  }

  /// A CSV field, in quotes where it needs them.
  private static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
