import Foundation
import Gym

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
