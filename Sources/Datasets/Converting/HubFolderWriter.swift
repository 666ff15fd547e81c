import Foundation
import Gym
import JSON

/// Writes a folder that `datasets.load_dataset(folder)` of the Hugging Face hub reads as it is:
/// JSON lines in `data/SPLIT/00000.jsonl` and so on, and a card in `README.md`.
final class HubFolderWriter {
  /// The most rows of a file.
  static let rowsPerFile = 100_000

  private let task: any Task
  private let folder: AtomicDirectory
  private var file: AtomicFile?
  private var split = ""
  /// The rows and bytes of each split so far, in order.
  private(set) var sizes: [(split: String, rows: Int, bytes: Int)] = []

  init(_ task: any Task, to url: URL, replaces: Bool) throws {
    self.task = task
    folder = try AtomicDirectory(for: url, replaces: replaces, of: .hub)
  }

  /// Runs `write`, adds the card that it returns, and moves the folder into place; removes it if
  /// that fails.
  func completing(_ write: () throws -> String) throws {
    do {
      let card = try write()
      try file?.finish()
      file = nil
      let readme = try AtomicFile(
        for: folder.url.appendingPathComponent(HubCard.fileName), replaces: false)
      try readme.write(card)
      try readme.finish()
      try folder.finish()
    } catch {
      try file?.discard()
      try folder.discard()
      throw error
    }
  }

  /// Begins a split.
  func begin(_ split: String) throws {
    try file?.finish()
    file = nil
    self.split = split
    sizes.append((split, 0, 0))
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent("data/\(split)"), withIntermediateDirectories: true)
  }

  /// Writes a puzzle's examples as rows, its demonstrations first.
  func write(_ puzzle: Puzzle, group: Int) throws {
    for example in puzzle.demonstrations {
      try write(example, of: puzzle, group: group, isDemonstration: true)
    }
    for example in puzzle.examples {
      try write(example, of: puzzle, group: group, isDemonstration: false)
    }
  }

  private func write(
    _ example: Example, of puzzle: Puzzle, group: Int, isDemonstration: Bool
  ) throws {
    func list(_ tokens: [UInt8]) -> JSON { .array(tokens.map { JSON($0) }) }
    // An answer that nobody knows is left out, as it was.
    let isKnown = example.answer.contains { $0 != Vocabulary.padding }
    let row: JSON = [
      "question": .string(task.vocabulary.text(example.question)),
      "answer": .string(isKnown ? task.vocabulary.text(example.answer) : ""),
      "rating": example.rating.map { .number($0) } ?? .null, "source": .string(example.source),
      "puzzle": .string(puzzle.name ?? ""), "demonstration": .bool(isDemonstration),
      "group": JSON(group), "question_tokens": list(example.question),
      "answer_tokens": isKnown ? list(example.answer) : [],
    ]
    let bytes = try row.bytes()
    let last = sizes.count - 1
    if sizes[last].rows % Self.rowsPerFile == 0 {
      try file?.finish()
      let name = String("0000\(sizes[last].rows / Self.rowsPerFile)".suffix(5))
      file = try AtomicFile(
        for: folder.url.appendingPathComponent("data/\(split)/\(name).jsonl"), replaces: false)
    }
    try file?.write(String(decoding: bytes, as: UTF8.self) + "\n")
    sizes[last].rows += 1
    sizes[last].bytes += bytes.count + 1
  }
}
